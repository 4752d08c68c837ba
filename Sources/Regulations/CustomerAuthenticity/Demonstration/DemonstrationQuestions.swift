/// Thirty invented questions on filling in applications truthfully, and a page of material.
enum DemonstrationQuestions {
    static let material = """
        投保单规范填写讲义（演示）
        一、资料由客户本人提供，业务员引导填写，逐项核对。
        二、姓名、证件号码与证件原件一致；出生日期、性别与证件号码一致。
        三、电话、地址是客户本人的，不用业务员、机构或亲属的代替；固定电话、手机、邮箱尽量都填。
        四、缴费账户是投保人本人的账户；特殊情形先报调查审批。
        五、客户亲笔签名，任何人不得代签。
        六、交单前与客户当面核对一遍，并由业务员本人确认。
        """

    /// An easy, a medium and a hard one is told by its place: topic, difficulty, stem, right options, wrong options, explanation.
    private typealias Row = (QuestionTopic, Difficulty, String, [String], [String], String)

    static let all: [TestQuestion] = (single + further + harder).map(question)

    private static func question(_ row: Row) -> TestQuestion {
        var question = TestQuestion()
        (question.topic, question.difficulty, question.stem, question.explanation) = (row.0, row.1, row.2, row.5)
        let options = row.3.map { AnswerOption($0, isRight: true) } + row.4.map { AnswerOption($0) }
        let isJudgement = Set(options.map(\.text)) == ["正确", "错误"]
        question.kind = isJudgement ? .judgement : row.3.count > 1 ? .multiple : .single
        question.options = isJudgement ? options.sorted { $0.text == "正确" && $1.text != "正确" } : options
        for index in question.options.indices where question.options[index].speaksOfOthers { question.options[index].staysLast = true }
        return question
    }

    private static let single: [Row] = [
        (.applicant, .easy, "投保人的姓名应当怎样填写？", ["与证件原件一字不差"], ["按客户平时的称呼", "按业务员的记录", "可以用同音字"], "姓名须与证件原件一致。"),
        (.applicant, .easy, "投保人的证件号码由谁提供？", ["客户出示证件原件，当场抄录并核对"], ["业务员凭记忆填写", "从其他投保单抄录", "先空着以后再补"], "证件号码须对照原件。"),
        (.applicant, .easy, "身份证号码与出生日期不一致时，应当怎么办？", ["与客户核对证件原件后改正"], ["按出生日期填写即可", "按号码填写即可", "留给核保处理"], "两者矛盾的，核保不予通过。"),
        (.applicant, .easy, "投保单上客户资料的更正，应当由谁确认？", ["客户本人"], ["业务员", "团队负责人", "内勤"], "客户资料以客户本人确认为准。"),
        (.applicant, .easy, "客户没有带证件，可以先按口述填写，以后不再核对。", ["错误"], ["正确"], "须核对证件原件。"),
        (.insured, .easy, "被保险人是成年人的，哪些资料不能缺？", ["姓名、性别、出生日期、证件号码"], ["只要姓名", "只要姓名和电话", "由投保人决定"], "成年被保险人四项都要有。"),
        (.insured, .easy, "未成年的被保险人可以不填证件号码，但要填写出生日期。", ["正确"], ["错误"], "未成年人例外的只有证件号码。"),
        (.insured, .easy, "被保险人的年龄按哪一天计算？", ["投保日期"], ["录入日期", "承保日期", "回访日期"], "按投保日期。"),
        (.insured, .medium, "父亲为女儿投保，女儿已满二十岁，应当怎样填写？", ["女儿的证件号码如实填写"], ["填父亲的证件号码", "不填证件号码", "填学校的证明"], "成年人须填本人证件号码。"),
        (.contact, .easy, "客户的联系电话可以填业务员的手机。", ["错误"], ["正确"], "任何情形都不得代替。"),
    ]

    private static let further: [Row] = [
        (.contact, .medium, "客户说自己没有手机，业务员应当怎么办？", ["填写客户能接到的固定电话，并如实说明"], ["填业务员的手机", "填团队的电话", "随便填一个号码"], "电话须是客户本人的。"),
        (.contact, .medium, "以下哪些联系方式应当引导客户提供？", ["固定电话", "手机", "电子邮箱"], ["业务员的电话"], "多种联系方式便于回访和通知。"),
        (.contact, .medium, "客户的联系地址应当写到哪里？", ["写到门牌号"], ["写到区县", "写“同上”", "写业务员的地址"], "笼统的地址无法送达。"),
        (.contact, .medium, "夫妻两人投保，留了同一个手机，业务员应当怎么办？", ["请两人各留自己的号码，确属共用的如实说明"], ["改其中一个数字", "其中一人填业务员的号码", "不必理会"], "共用电话会列为可疑问题件。"),
        (.contact, .medium, "客户换了号码，可以不办变更。", ["错误"], ["正确"], "应当提醒客户办理变更。"),
        (.account, .medium, "首期保费应当从哪里扣缴？", ["投保人本人的账户"], ["业务员的账户", "被保险人朋友的账户", "哪个方便用哪个"], "非投保人账户须先经调查审批。"),
        (.account, .medium, "投保人没有自己的账户，由父亲代缴，应当怎么办？", ["先报内部调查审批"], ["直接填父亲的账户", "填业务员的账户", "现金交给业务员"], "特殊情形先审批。"),
        (.account, .medium, "业务员可以替客户保管银行卡。", ["错误"], ["正确"], "不得私设和控制客户账户。"),
        (.account, .medium, "下列哪些做法是禁止的？", ["以客户身份开立账户并自己使用", "从业务员账户扣缴客户保费"], ["请客户本人到银行开户"], "两种都是细则禁止的。"),
        (.account, .hard, "客户的账户是Ⅱ类账户，应当提醒客户什么？", ["付款有限额，须留意能否扣缴"], ["不能用于缴费", "必须换成业务员的账户", "没有任何影响"], "Ⅱ类、Ⅲ类账户有限额。"),
    ]

    private static let harder: [Row] = [
        (.signature, .medium, "投保单上的签名应当由谁签？", ["投保人、被保险人各自亲笔签"], ["业务员代签", "家属代签", "内勤代签"], "严禁代签名。"),
        (.signature, .medium, "客户出差，电话里同意由业务员代签，可以代签。", ["错误"], ["正确"], "客户同意也不得代签。"),
        (.signature, .medium, "未成年被保险人的签名由谁签？", ["其法定监护人"], ["业务员", "任何亲属", "不用签"], "由监护人签。"),
        (.signature, .hard, "发现同事代客户签名，应当怎么办？", ["向合规举报"], ["当作没看见", "帮他补签", "请客户追认即可"], "代签名立案查处。"),
        (.check, .hard, "交单前业务员应当做什么？", ["与客户当面逐项核对，并由本人确认"], ["只看有没有签名", "请内勤核对", "等回访时再核对"], "业务员本人确认核对。"),
        (.check, .hard, "关于犹豫期回访，下列说法哪些正确？", ["由客户本人接听", "回访前资料须补正完毕"], ["可以由业务员代为回答"], "回访不得代答。"),
        (.check, .hard, "客户资料不完整，系统核保不通过，应当怎么办？", ["向客户取得资料后补充"], ["编一个填上", "填自己的资料", "换一个业务员代码再录"], "补充后方能承保。"),
        (.check, .hard, "哪些情况会被系统列为可疑问题件？", ["两个不同客户留同一电话", "两个不同客户留同一账号", "客户电话与业务员电话相同"], ["客户有两份保单"], "同一客户有多份保单不是线索。"),
        (.check, .medium, "送达合同时应当向客户提示什么？", ["查询电话、网站和网点"], ["业务员的私人电话", "同业的产品", "无须提示"], "主动提示查询渠道。"),
        (.insured, .hard, "关于被保险人资料，下列说法正确的是？", ["以上说法都不正确"], ["被保险人资料可以由业务员估计", "成年被保险人可以不填证件号码"], "两种说法都不对。"),
    ]
}
