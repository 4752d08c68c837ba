import Testing

@testable import Ledger

struct MerkleTreeTests {
    private let hasher = TreeHasher()

    /// The leaves and roots that the Certificate Transparency projects test RFC 6962 with.
    @Test func hasTheKnownRoots() throws {
        let leaves: [[UInt8]] = [
            [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], Array(0x40...0x43), Array(0x50...0x57), Array(0x60...0x6f),
        ]
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        var tree = Frontier()
        #expect(tree.root(hasher).hexadecimal == roots[0])
        for (index, leaf) in leaves.enumerated() {
            tree.append(hasher.leaf(leaf), hasher)
            #expect(tree.root(hasher).hexadecimal == roots[index + 1])
            #expect(Frontier(size: tree.size, bytes: tree.bytes) == tree)
        }
    }

    @Test func agreesWithTheNaiveTree() {
        let leaves = (0..<600).map { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        var tree = Frontier()
        var subtrees: [Subtree] = []
        for (index, leaf) in leaves.enumerated() {
            tree.append(hasher.leaf(leaf), hasher) { subtrees.append($0) }
            if index % 37 == 0 || index > 590 { #expect(tree.root(hasher).bytes == NaiveTree.root(leaves[...index])) }
        }
        #expect(subtrees.map(\.positions) == [0..<256, 256..<512])
        #expect(subtrees.map(\.hash.bytes) == [NaiveTree.root(leaves[0..<256]), NaiveTree.root(leaves[256..<512])])
    }

    @Test func refusesAFrontierThatDoesNotFitItsSize() {
        #expect(Frontier(size: 3, bytes: [UInt8](repeating: 0, count: 32)) == nil)
        #expect(Frontier(size: -1, bytes: []) == nil)
        #expect(Frontier(size: 0, bytes: []) == Frontier())
        #expect(Frontier(size: 4, bytes: [UInt8](repeating: 7, count: 32))?.size == 4)
    }

    @Test func naiveProofsVerifyAndFalseOnesDoNot() throws {
        let leaves = (0..<40).map { [UInt8($0)] }
        for size in 1...40 {
            let root = try #require(TreeHash(NaiveTree.root(leaves[..<size])))
            for position in 0..<size {
                let path = try NaiveTree.path(position, leaves[..<size]).map { try #require(TreeHash($0)) }
                let proof = InclusionProof(position: Int64(position), size: Int64(size), path: path)
                let leaf = hasher.leaf(leaves[position])
                #expect(proof.proves(leaf, in: root))
                #expect(!proof.proves(hasher.leaf([99]), in: root))
                #expect(!proof.proves(leaf, in: hasher.leaf([99])))
                #expect(!InclusionProof(position: Int64(position), size: Int64(size), path: path + [leaf]).proves(leaf, in: root))
                if !path.isEmpty {
                    let cut = InclusionProof(position: Int64(position), size: Int64(size), path: path.dropLast())
                    #expect(!cut.proves(leaf, in: root))
                    let moved = InclusionProof(position: Int64((position + 1) % size), size: Int64(size), path: path)
                    #expect(!moved.proves(leaf, in: root))
                }
            }
        }
        #expect(!InclusionProof(position: -1, size: 1, path: []).proves(hasher.leaf([0]), in: hasher.leaf([0])))
        #expect(!InclusionProof(position: 1, size: 1, path: []).proves(hasher.leaf([0]), in: hasher.leaf([0])))
    }

    @Test func consistencyProofsVerifyAndFalseOnesDoNot() throws {
        let leaves = (0..<40).map { [UInt8($0)] }
        let other = hasher.leaf([99])
        for to in 1...40 {
            let new = try #require(TreeHash(NaiveTree.root(leaves[..<to])))
            for from in 1...to {
                let old = try #require(TreeHash(NaiveTree.root(leaves[..<from])))
                let path = try NaiveTree.proof(from, leaves[..<to]).map { try #require(TreeHash($0)) }
                let proof = ConsistencyProof(from: Int64(from), to: Int64(to), path: path)
                #expect(proof.proves(old, isBeginningOf: new))
                #expect(!proof.proves(other, isBeginningOf: new))
                #expect(!proof.proves(old, isBeginningOf: other))
                #expect(!ConsistencyProof(from: Int64(from), to: Int64(to), path: path + [other]).proves(old, isBeginningOf: new))
                if !path.isEmpty {
                    #expect(!ConsistencyProof(from: Int64(from), to: Int64(to), path: path.dropLast()).proves(old, isBeginningOf: new))
                    var altered = path
                    altered[from % path.count] = other
                    #expect(!ConsistencyProof(from: Int64(from), to: Int64(to), path: altered).proves(old, isBeginningOf: new))
                }
            }
        }
        #expect(ConsistencyProof(from: 0, to: 3, path: []).proves(hasher.empty, isBeginningOf: other))
        #expect(!ConsistencyProof(from: 0, to: 3, path: []).proves(other, isBeginningOf: other))
        #expect(!ConsistencyProof(from: 4, to: 3, path: []).proves(other, isBeginningOf: other))
        #expect(!ConsistencyProof(from: 3, to: 5, path: []).proves(other, isBeginningOf: other))
    }
}

extension TreeHash {
    var hexadecimal: String { bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
}
