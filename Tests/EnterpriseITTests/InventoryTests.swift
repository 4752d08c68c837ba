import ArticleProof
import EnterpriseIT
import Foundation
import Kernel
import Testing
import WorkCalendar

@Suite struct InventoryReadingTests {
    static func sample(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples")
        return Array(try Data(contentsOf: folder.appending(path: name)))
    }

    @Test(.article(enterpriseIT["第二章10"])) func aWholeComputerIsRead() throws {
        let seen = try DeviceInventory.read(try Self.sample("computer_1.json"))
        #expect(!seen.isPartial && seen.identity.serial == "640HP72" && seen.software?.count == 6)
        #expect(seen.components[.memory]?.count == 2 && seen.components[.storage]?.map(\.size) == [256060])
        // Nothing was told of an antivirus: unknown, and not "none".
        #expect(seen.protection == nil)
        // A placeholder of an asset number and a plugged adapter identify nothing.
        let third = try DeviceInventory.read(try Self.sample("computer_3.json"))
        #expect(third.identity.keys.first == "serial 8C554721F 0055ADC91D3AE4118043B05D95113232" && third.software?.count == 3033)
        #expect(try DeviceInventory.read(try Self.sample("computer_2.json")).identity.keys.first == "tag COMP1")
    }

    @Test(.article(enterpriseIT["第二章10"])) func aPartialOneTellsOfWhatItHas() throws {
        let memory = try DeviceInventory.read(try Self.sample("computer_1_partial_memory.json"))
        #expect(memory.isPartial && memory.software == nil && memory.components[.memory]?.count == 2 && memory.components[.storage] == nil)
        let programs = try DeviceInventory.read(try Self.sample("computer_1_partial_softs.json"))
        #expect(programs.isPartial && programs.software?.count == 6 && programs.components.isEmpty)
    }

    @Test(.article(enterpriseIT["第二章10"])) func aPrinterIsKnownByItsOwnCard() throws {
        let seen = try DeviceInventory.read(try Self.sample("printer_1.json"))
        #expect(seen.isPartial && seen.software == nil && seen.identity.keys == ["serial PHCVN191TG", "mac 0068EBF2BE10"])
        // What nothing is taken from is said.
        #expect(seen.unread == ["没有读取的部分：cartridges、firmwares、pagecounters"])
        #expect(try DeviceInventory.read(try Self.sample("computer_2.json")).unread.first?.contains("virtualmachines") == true)
    }

    @Test(.article(enterpriseIT["第二章10"])) func whatIsNoInventoryIsRefused() throws {
        let phone = #expect(throws: InventoryFault.self) {
            _ = try DeviceInventory.read(Array(#"{"deviceid":"a","itemtype":"Phone","content":{"versionclient":"x"}}"#.utf8))
        }
        #expect(phone?.words.zh.contains("Phone") == true)
        for text in ["", "hello", "<REQUEST></REQUEST>", "{\"a\":", "<!DOCTYPE x [<!ENTITY y 'z'>]><REQUEST/>", "编号,地点\nA1,库房\n"] {
            #expect(throws: InventoryFault.self) { _ = try DeviceInventory.read(Array(text.utf8)) }
        }
    }

    @Test(.article(enterpriseIT["第二章10"])) func numbersWithAPointDoNotStopAReport() throws {
        let json =
            #"{"deviceid":"a","content":{"versionclient":"x","hardware":{"name":"PC","speed":2.4e3},"softwares":[{"name":"a\"1.5"}]}}"#
        #expect(try DeviceInventory.read(Array(json.utf8)).software?.map(\.name) == ["a\"1.5"])
    }

    @Test(.article(enterpriseIT["第二章10"])) func theXMLOfFusionSaysTheSame() throws {
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?><REQUEST><CONTENT><BIOS><ASSETTAG>PC-017</ASSETTAG><SSN>ABC1234</SSN></BIOS>\
            <HARDWARE><NAME>PC017</NAME><UUID>4C4C4544-0034</UUID></HARDWARE><SOFTWARES><NAME>7-Zip</NAME><VERSION>23.01</VERSION>\
            <PUBLISHER>Igor Pavlov</PUBLISHER></SOFTWARES><SOFTWARES><NAME>纸牌游戏</NAME></SOFTWARES><ANTIVIRUS><NAME>火绒</NAME><ENABLED>1</ENABLED>\
            <UPTODATE>0</UPTODATE></ANTIVIRUS><MEMORIES><CAPACITY>8192</CAPACITY><SERIALNUMBER>55</SERIALNUMBER><NUMSLOTS>1</NUMSLOTS></MEMORIES>\
            <MEMORIES><CAPACITY>No</CAPACITY></MEMORIES><DRIVES><LETTER>E:</LETTER><TYPE>Compact Disc</TYPE></DRIVES>\
            </CONTENT><DEVICEID>pc-1</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>
            """
        let seen = try DeviceInventory.read(Array(xml.utf8))
        #expect(seen.format == .fusion && seen.identity.assetTag == "PC-017" && seen.software?.count == 2)
        #expect(seen.protection == SeenProtection(name: "火绒", isEnabled: true, isUpToDate: false))
        #expect(seen.components[.memory]?.count == 1 && seen.drives == ["E: Compact Disc"])
    }

    @Test(.article(enterpriseIT["第二章10"])) func osqueryTellsWholeListsAndChanges() throws {
        let snapshot = """
            {"name":"pack_it_programs","hostIdentifier":"PC017","action":"snapshot","snapshot":[{"name":"7-Zip 23.01 (x64)","version":"23.01","publisher":"Igor Pavlov"}],"unixTime":1768440000}
            {"name":"pack_it_memory_devices","hostIdentifier":"PC017","action":"snapshot","snapshot":[{"device_locator":"DIMM 0","size":"8192","serial_number":"S1","part_number":"M"}],"counter":"0"}
            {"name":"pack_it_windows_security_products","action":"snapshot","snapshot":[{"type":"Antivirus","name":"火绒","state":"On","signatures_up_to_date":"1"}]}
            {"name":"pack_it_usb_devices","action":"added","columns":{"vendor":"Kingston","model":"DT","serial":"9","removable":"1","vendor_id":"1"}}
            """
        let seen = try DeviceInventory.read(Array(snapshot.utf8))
        #expect(seen.format == .osquery && seen.isPartial && seen.wholeKinds == [.memory] && seen.identity.name == "PC017")
        #expect(seen.software?.first?.publisher == "Igor Pavlov" && seen.protection?.isUpToDate == true && seen.drives == ["Kingston DT 9"])
        let event =
            #"{"name":"memory_devices","hostIdentifier":"PC017","action":"removed","columns":{"device_locator":"DIMM 1","size":"8192","serial_number":"S2"}}"#
        #expect(try DeviceInventory.read(Array(event.utf8)).removed.map(\.serial) == ["S2"])
        let batch =
            #"{"name":"programs","hostIdentifier":"PC017","counter":7,"diffResults":{"added":[{"name":"a","version":"1","publisher":"b"}],"removed":[]}}"#
        #expect(try DeviceInventory.read(Array(batch.utf8)).software?.count == 1)
        // The rest is taken, and what was not understood is said by its line.
        let mixed = try DeviceInventory.read(Array((batch + "\nhalf a line {\n" + #"{"name":"crontab","hostIdentifier":"PC017","action":"added","columns":{"command":"x"},"unixTime":1768440000}"#).utf8))
        #expect(mixed.software?.count == 1 && mixed.unread == ["第 2 行不是 JSON", "第 3 行没有读取（查询 crontab）"])
        #expect(mixed.takenAt == Moment(milliseconds: 1_768_440_000_000))
        let nothing = #expect(throws: InventoryFault.self) { _ = try DeviceInventory.read(Array("{\"name\":\"crontab\",\"columns\":{\"a\":\"b\"}}".utf8)) }
        #expect(nothing?.words.zh.contains("第 1 行没有读取") == true)
    }
}

@Suite struct IdentityTests {
    @Test(
        .article(enterpriseIT["第二章10"]),
        arguments: [
            "To be filled by O.E.M.", "Default string", "None", "0000000000", "", "  ", "System Serial Number", "N/A", "xxxxxxx",
            "Not Specified", "0123456789",
        ])
    func placeholdersMatchNothing(text: String) {
        #expect(DeviceIdentity.isPlaceholder(text))
        var identity = DeviceIdentity()
        (identity.assetTag, identity.serial, identity.uuid, identity.boardSerial) = (text, text, text, text)
        #expect(identity.keys.isEmpty)
    }

    @Test(.article(enterpriseIT["第二章10"])) func theSurestComesFirst() {
        var identity = DeviceIdentity()
        (identity.assetTag, identity.serial, identity.uuid) = ("PC-017", "640HP72", "4c4c4544-0034")
        (identity.boardSerial, identity.macs) = ("/640HP72/CE1/", ["00155D012345"])
        #expect(identity.keys == ["tag PC017", "serial 640HP72 4C4C45440034", "serial 640HP72", "board 640HP72CE1", "mac 00155D012345"])
    }
}

@Suite struct WhitelistTests {
    @Test(
        .article(enterpriseIT["第二章10"]),
        arguments: [
            ("7-Zip 23.01 (x64)", "7zip"),
            ("Microsoft Visual C++ 2015-2022 Redistributable (x86) - 14.38", "microsoft visual c++ 20152022 redistributable"),
            ("Python 3.11.4 (64-bit)", "python"), ("ＷＰＳ Office（个人版）", "wps office"), ("360安全卫士 13.0", "360安全卫士"), ("360", "360"),
            ("Notepad++ v8.6.2", "notepad++"),
        ])
    func namesAreComparedWithoutVersions(name: String, key: String) { #expect(SoftwareName.key(name) == key) }

    @Test(.article(enterpriseIT["第二章10"])) func versionsAreNumbers() {
        func version(_ text: String) -> VersionNumber { VersionNumber(text) }
        #expect(version("3.9").compare(version("3.10")) < 0 && version("3").compare(version("3.0.0")) == 0)
        #expect(
            version("3.11.9").isWithin(from: version("3.9"), to: version("3.11"))
                && !version("3.12").isWithin(from: nil, to: version("3.11")))
        #expect(!version("3.8.20").isWithin(from: version("3.9"), to: nil))
    }

    @Test(.demand(enterpriseIT["第二章10"], 2)) func publisherNameAndVersionDecide() {
        var list = SoftwareWhitelist()
        list.add(name: "7-Zip", publisher: "Igor Pavlov", from: "22", to: "24")
        list.add(name: "植物大战僵尸", publisher: "", isAllowed: false)
        func verdict(_ name: String, _ publisher: String, _ version: String) -> SoftwareWhitelist.Verdict {
            list.verdict(of: SeenSoftware(name: name, publisher: publisher, version: version))
        }
        #expect(verdict("7-Zip 23.01 (x64)", "Igor Pavlov", "23.01") == .allowed)
        #expect(verdict("7-Zip 9.20", "Igor Pavlov", "9.20") == .wrongVersion)
        #expect(verdict("7-Zip 23.01", "Somebody Ltd.", "23.01") == .unknown)
        #expect(verdict("植物大战僵尸 2.0", "某公司", "2.0") == .forbidden && verdict("微信", "腾讯", "3") == .unknown)
    }
}

@Suite struct ComponentTests {
    private func module(_ slot: String, _ serial: String, _ size: Int = 4096) -> SeenComponent {
        SeenComponent(kind: .memory, slot: slot, model: "M", serial: serial, size: size)
    }
    private func seen(_ parts: [SeenComponent], partial: Bool = false) -> DeviceInventory {
        var inventory = DeviceInventory(.glpi)
        (inventory.components[.memory], inventory.isPartial) = (parts, partial)
        return inventory
    }

    @Test(.article(enterpriseIT["第二章11"])) func twoModulesOfOneSerialAreTwo() throws {
        let real = try DeviceInventory.read(try InventoryReadingTests.sample("computer_3.json"))
        let modules = try #require(real.components[.memory])
        #expect(modules.count == 2 && Set(modules.map(\.serial)).count == 1)
        let same = ComponentComparison(ledger: modules, seen: real)
        #expect(same.missing.isEmpty && same.added.isEmpty)
        let one = ComponentComparison(ledger: modules, seen: seen([modules[0]]))
        #expect(one.missing.count == 1)
    }

    @Test(.article(enterpriseIT["第二章11"])) func aSwapOfSlotsIsNoLossAndOneOfMachinesIsTwoFindings() {
        let ledger = [module("1", "AAA1"), module("2", "BBB2")]
        let turned = ComponentComparison(ledger: ledger, seen: seen([module("2", "AAA1"), module("1", "BBB2")]))
        #expect(turned.missing.isEmpty && turned.added.isEmpty)
        let swapped = ComponentComparison(ledger: ledger, seen: seen([module("1", "AAA1"), module("2", "CCC3")]))
        #expect(swapped.missing.map(\.serial) == ["BBB2"] && swapped.added.map(\.serial) == ["CCC3"])
    }

    @Test(.article(enterpriseIT["第二章11"])) func whatAPartialReportDoesNotNameIsUnknown() {
        let ledger = [module("1", "AAA1"), module("2", "BBB2"), SeenComponent(kind: .storage, serial: "DISK1")]
        #expect(ComponentComparison(ledger: ledger, seen: seen([module("1", "AAA1")], partial: true)).missing.isEmpty)
        // What it says is gone is gone.
        var told = DeviceInventory(.osquery)
        (told.isPartial, told.removed) = (true, [module("2", "BBB2")])
        #expect(ComponentComparison(ledger: ledger, seen: told).missing.map(\.serial) == ["BBB2"])
        // Smaller modules without serial numbers are counted by what they are.
        let blank = [module("1", "None", 8192), module("2", "None", 8192)]
        #expect(ComponentComparison(ledger: blank, seen: seen([module("1", "None", 4096), module("2", "None", 8192)])).missing.count == 1)
    }
}
