import Web

/// What is shown first in a demonstration, by roles: five minutes each.
enum DemonstrationTour {
    static let parts: [TourPart] = [
        TourPart(
            "客户服务（保险）", "Customer service (insurance)", as: "chenjing",
            [
                .init("看自己的待办，分发一件可疑问题件", "See what waits, and distribute a suspicious item", at: "/"),
                .init("可疑问题件登记簿：按状态、时限看，画成图表", "The register of suspicious items: by state, by time limit, as a chart", at: "/r/suspicion"),
                .init("录一份投保单，看错在哪里", "Enter an application, and see what is wrong with it", at: "/r/application/new"),
            ]),
        TourPart(
            "渠道内勤（保险）", "Channel back office (insurance)", as: "lintao",
            [
                .init("接收并排查一件问题件", "Receive and investigate an item", at: "/"),
                .init("未结的问题件", "Items that are open", at: "/r/suspicion?state=open"),
            ]),
        TourPart(
            "核保（保险）", "Underwriter (insurance)", as: "hejing",
            [
                .init("导入一份投保资料：先预检，有问题的行当场退回", "Import applications: checked first, rows at fault handed back at once", at: "/intake"),
                .init("待补充的投保单", "Applications to be supplemented", at: "/r/application?state=draft"),
            ]),
        TourPart(
            "合规（保险）", "Compliance (insurance)", as: "songlan",
            [
                .init("谁看过谁的个人信息：查阅登记", "Who read whose data: the readings", at: "/readings"),
                .init("制度条文与执行情况", "The charter: law beside deed", at: "/charter/life-insurance"),
                .init("总览：未结、逾期、一年趋势", "The overview: open, overdue, a year's trend", at: "/overview"),
            ]),
        TourPart(
            "总经理（保险）", "General manager (insurance)", as: "zhengguodong",
            [
                .init("总览", "The overview", at: "/overview"), .init("查阅登记（不显示客户资料）", "The readings, without the data", at: "/readings"),
            ]),
        TourPart(
            "档案与保密（服务公司）", "Archive and confidentiality (service company)", as: "suwen",
            [
                .init("外借登记", "Loans", at: "/r/loan"), .init("逾期未还的", "Those overdue", at: "/r/loan?clock=overdue"),
                .init("档案检索", "The archive", at: "/archive"),
            ]),
        TourPart(
            "信息中心（工厂）", "Information centre (factory)", as: "fushan",
            [
                .init("等我审批的", "What waits for approval", at: "/"), .init("企业信息化制度条文", "The charter of enterprise IT", at: "/charter"),
                .init("总览", "The overview", at: "/overview"),
            ]),
        TourPart(
            "质量管理（药品）", "Quality (pharmaceuticals)", as: "qinyun",
            [.init("质量信息", "Quality information", at: "/quality"), .init("待我处理的", "What waits for me", at: "/")]),
        TourPart(
            "信息员（学校）", "Information officer (school)", as: "jiaxin",
            [.init("部门信息", "Information of the departments", at: "/school"), .init("待我办理的", "What waits for me", at: "/")]),
        TourPart(
            "系统管理员", "Administrator", as: "wuhao",
            [
                .init("启用清单与单位", "What to begin with, and the units", at: "/admin/units"),
                .init("一个文件导入单位、人员和岗位", "Units, people and posts by one file", at: "/admin/people-file"),
                .init("节假日与调休", "Days off and make-up days", at: "/admin/holidays"),
            ]),
    ]
}
