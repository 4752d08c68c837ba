// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "dianzhang",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0",
            traits: [.defaults, "CommandLineArguments", "YAML"]),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    ],
    targets: [
        // Leaves: pure, or one system library each.
        .target(name: "Identifiers", resources: [.embedInCode("ideographs.tsv"), .embedInCode("glyph-variants.tsv")]),
        .target(name: "WorkCalendar", resources: [.embedInCode("holidays.csv")]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(name: "Tables", dependencies: ["CArchive", "CExpat", "CXlsxWriter"]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "Courier", dependencies: ["CCurl", "WorkCalendar", .product(name: "Crypto", package: "swift-crypto")]),

        .systemLibrary(name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .target(name: "Print", dependencies: ["CPango", "CQREncode", "Identifiers"]),

        // What is kept, and how it is proved.
        .target(name: "Store", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "StoreSQLite", dependencies: ["Store", "CSQLite", .product(name: "GRDB", package: "GRDB.swift")]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "StorePostgres", dependencies: ["Store", "CPostgres"]),
        .target(name: "Vault", dependencies: ["Store", .product(name: "Crypto", package: "swift-crypto")]),
        .target(name: "Ledger", dependencies: ["Store", .product(name: "Crypto", package: "swift-crypto")]),

        // The words of the house, and the regulations written in them.
        .target(
            name: "Kernel",
            dependencies: ["Identifiers", "WorkCalendar", "Store", "Vault", "Ledger", "Yams", .product(name: "Crypto", package: "swift-crypto")],
            resources: [
                .embedInCode("Persisting/foundation.sql"), .embedInCode("Persisting/witness.sql"), .embedInCode("Searching/pinyin-initials.txt"),
                .embedInCode("Searching/pinyin-further.txt"), .embedInCode("Searching/surnames.txt"),
            ]),
        .target(
            name: "Witnessing",
            dependencies: [
                "Kernel", "Ledger", "Store", "WorkCalendar", "Courier", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ]),
        .target(
            name: "CustomerAuthenticity", dependencies: ["Kernel", "Identifiers", "WorkCalendar", "Tables", "Practices"],
            path: "Sources/Regulations/CustomerAuthenticity",
            resources: [.embedInCode("Articles.yaml")]),
        .target(
            name: "CustomerConfidentiality", dependencies: ["Kernel", "Identifiers", "WorkCalendar", "Tables", "Print", "Practices"],
            path: "Sources/Regulations/CustomerConfidentiality",
            resources: [.embedInCode("Articles.yaml")]),
        .target(
            name: "EnterpriseIT", dependencies: ["Kernel", "Print", "Practices", "Tables", "CExpat"], path: "Sources/Regulations/EnterpriseIT",
            resources: [.embedInCode("Articles.yaml")]),

        .target(
            name: "DrugQuality", dependencies: ["Kernel", "Print", .product(name: "Crypto", package: "swift-crypto")],
            path: "Sources/Regulations/DrugQuality", resources: [.embedInCode("Articles.yaml")]),
        .target(
            name: "School", dependencies: ["Kernel", "Practices", "Print", .product(name: "Crypto", package: "swift-crypto")],
            path: "Sources/Regulations/School", resources: [.embedInCode("Articles.yaml")]),

        // What several regulations have in common.
        .target(name: "Practices", dependencies: ["Kernel", "WorkCalendar"]),

        // Carries notices out of the house.
        .target(
            name: "Outbox",
            dependencies: ["Kernel", "Store", "WorkCalendar", "Courier", .product(name: "Crypto", package: "swift-crypto")]),

        // The edge.
        .target(
            name: "Web",
            dependencies: [
                "Kernel", "Tables", "Print", "Witnessing", "Courier", .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            resources: [.embedInCode("Assets/look.css"), .embedInCode("Assets/dianzhang.js")]),
        .target(name: "Copies", dependencies: ["Kernel", "Store", "Vault", "Ledger", .product(name: "Crypto", package: "swift-crypto")]),
        .executableTarget(
            name: "dianzhang",
            dependencies: [
                "Web", "Copies", "CustomerAuthenticity", "CustomerConfidentiality", "EnterpriseIT", "DrugQuality", "School", "Practices", "Outbox",
                "StoreSQLite",
                "StorePostgres", "Tables", "Print", "Witnessing", "Courier",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
            ]),

        // What the tests share.
        .target(name: "EngineFixture", dependencies: ["Store", "StoreSQLite", "StorePostgres"], path: "Tests/EngineFixture"),
        .target(name: "ArticleProof", dependencies: ["Kernel"], path: "Tests/ArticleProof"),
        .target(name: "ScratchFiles", dependencies: ["CArchive"], path: "Tests/ScratchFiles"),
        .target(name: "TestOffice", dependencies: ["Kernel", "EngineFixture", "Vault"], path: "Tests/TestOffice"),

        .testTarget(name: "IdentifiersTests", dependencies: ["Identifiers"]),
        .testTarget(name: "WorkCalendarTests", dependencies: ["WorkCalendar"]),
        .testTarget(name: "PrintTests", dependencies: ["Print"]),
        .testTarget(name: "TablesTests", dependencies: ["Tables", "ScratchFiles"]),
        .testTarget(name: "StoreTests", dependencies: ["Store", "StoreSQLite", "StorePostgres", "EngineFixture"]),
        .testTarget(
            name: "VaultTests", dependencies: ["Vault", "Store", "EngineFixture", .product(name: "Crypto", package: "swift-crypto")]),
        .testTarget(
            name: "LedgerTests", dependencies: ["Ledger", "Store", "EngineFixture", .product(name: "Crypto", package: "swift-crypto")]),
        .testTarget(name: "KernelTests", dependencies: ["Kernel", "TestOffice", "ArticleProof"]),
        .testTarget(
            name: "CustomerAuthenticityTests",
            dependencies: [
                "CustomerAuthenticity", "Courier", "Outbox", "Tables", "TestOffice", "EngineFixture", "ArticleProof", "ScratchFiles",
            ]),
        .testTarget(
            name: "ConfidentialityTests",
            dependencies: ["CustomerConfidentiality", "Print", "Tables", "TestOffice", "ArticleProof", "ScratchFiles"]),
        .testTarget(
            name: "EnterpriseITTests", dependencies: ["EnterpriseIT", "Practices", "Print", "Tables", "ScratchFiles", "TestOffice", "ArticleProof"],
            exclude: ["Samples"]),
        .testTarget(name: "OutboxTests", dependencies: ["Outbox", "Courier", "TestOffice", "EngineFixture", "ScratchFiles"]),
        .testTarget(name: "PracticesTests", dependencies: ["Practices", "TestOffice", "ArticleProof"]),
        .testTarget(name: "DrugQualityTests", dependencies: ["DrugQuality", "Print", "TestOffice", "ArticleProof"]),
        .testTarget(name: "SchoolTests", dependencies: ["School", "Practices", "Print", "TestOffice", "ArticleProof"]),
        .testTarget(
            name: "WitnessingTests",
            dependencies: [
                "Witnessing", "Courier", "Vault", "TestOffice", "EngineFixture", "ScratchFiles",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "dianzhang", "CustomerAuthenticity", "CustomerConfidentiality", "DrugQuality", "EnterpriseIT", "School", "Practices",
                "Tables", "ScratchFiles", "TestOffice", "ArticleProof", .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]),
        .testTarget(
            name: "ProgramTests", dependencies: ["dianzhang", "Copies", "CustomerAuthenticity", "Identifiers", "Tables", "ScratchFiles", "TestOffice"]),
        .testTarget(name: "TidyTests"),
    ],
    swiftLanguageModes: [.v6])
