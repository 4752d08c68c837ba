import Kernel

/// What a number that an article sets is called: in Chinese as the article has it, in English its name in plain words.
enum ParameterName {
    static func words(_ name: String, in article: ArticleText?) -> Words {
        var en = ""
        for character in name {
            if character.isUppercase { en += " " + character.lowercased() } else { en.append(character) }
        }
        return Words(article?.parameterNames?[name] ?? "数值", en.prefix(1).uppercased() + en.dropFirst())
    }
}
