import Kernel

/// What notices to customers bring into the regulation's table of contents.
extension Parameter {
    static let changeReminderMonths = Parameter("changeReminderMonths", in: authenticity[12])
    static let noticeUnknownHours = Parameter("noticeUnknownHours", in: authenticity[20])
    static let noticeAttempts = Parameter("noticeAttempts", in: authenticity[20])
    static let sellerLeavingDays = Parameter("sellerLeavingDays", in: authenticity[20])
    static let contactTaskWorkingDays = Parameter("contactTaskWorkingDays", in: authenticity[20])

    static let ofNotices = [changeReminderMonths, noticeUnknownHours, noticeAttempts, sellerLeavingDays, contactTaskWorkingDays]
}

let noticeDocuments: [any Document.Type] = [
    ContactEvent.self, ContactTask.self, ContactRestriction.self, ChangeReminder.self,  // 第十二条
    DeliveryReceipt.self, CallBack.self,  // 第十六条, 第七条
    PolicyEvent.self, CustomerNotice.self, MessageTemplate.self, SellerLeaving.self,  // 第二十条
]

let noticeDuties = [ChangeReminder.weekly]
