CODE = {'code'}
BOTH = {'code', 'comment'}
ALL = [r'(Sources|Tests)/']
WEB = [r'Sources/Web/', r'Tests/WebTests/', r'Sources/dianzhang/', r'Tests/ProgramTests/']
IDS = [r'Sources/Identifiers/(?!CreditCode)', r'Tests/IdentifiersTests/(?!CreditCode)', r'Sources/CustomerAuthenticity/', r'Tests/CustomerAuthenticityTests/']

RENAMES = [
    # (where, kinds, {old: new}); a name with a leading "!" is renamed only where no dot stands before it
    (ALL, BOTH, {
        'Deed': 'AvailableStep', 'Patience': 'Retry', 'WaitingLine': 'BlockingQueue',
        'WritersTurn': 'WriterLock', 'WritingBeside': 'WritePipeline', 'PendingWrites': 'UnitOfWork',
        'FieldMemory': 'FieldAccessor', 'Lookup': 'IndexKey', 'LookupKeys': 'IndexKeys', 'KnownValues': 'ExistingValues',
        'Numberer': 'IDGenerator', 'Serials': 'NumberSeries', 'Clocks': 'RunningDeadlines', 'Holding': 'Appointment',
        'Handling': 'TaskAction', 'TaskBoard': 'TaskList', 'Contents': 'RegulationContents',
        'GatheredLog': 'BatchedWAL', 'ManyRows': 'MultiRowInsert', 'Stored': 'JSONValue', 'Hand': 'Actor_',
    }),
    (ALL, CODE, {
        'takesGaps': 'allowsBlanks', 'keepRefused': 'keepAsDraft', 'keptRefusal': 'draftRefusal', 'isBinding': 'isIrrevocable', 'asks': 'fields',
        'rehearse': 'dryRun', 'foresee': 'dryRun', 'numberer': 'idGenerator',
    }),
    ([r'Sources/StoreSQLite/', r'Tests/StoreTests/'], BOTH, {'Checkpoints': 'WALCheckpoints'}),
    ([r'Sources/Store', r'Tests/StoreTests/'], BOTH, {'Visit': 'TransactionRequest'}),
    ([r'Sources/Kernel/(Saving|Pending|Step|Unit|Write)', r'Sources/Kernel/Persisting/'], CODE, {'deeds': 'effects'}),
    ([r'Sources/'], CODE, {'deeds': 'availableSteps', 'deed': 'available', 'hands': 'principals'}),
    ([r'Tests/WebTests', r'Tests/ProgramTests'], CODE, {'deeds': 'availableSteps'}),
    ([r'Sources/Kernel/', r'Tests/KernelTests/'], BOTH, {'Rows': 'RowPresenter', 'Deeds': 'Effects', 'Traces': 'IndexChanges', 'Written': 'FreeText'}),
    (WEB, BOTH, {
        'DeedForms': 'StepForms', 'StepForms': 'StepSubmission', 'Occasion': 'PageMode', 'Way': 'StatePath', 'Authorship': 'OfferedTypes',
        'Choices': 'Options', 'Answers': 'ErrorResponder', 'Doorkeeper': 'AuthenticationMiddleware', 'Turnstile': 'ConcurrencyLimiter',
        'ShelfCounts': 'NavigationBadges', 'KeptFiles': 'PendingUploads', 'LogInAgain': 'ReauthenticationPage', 'MinePage': 'MyDocumentsPage',
        'ExtraPage': 'RegulationPage', 'ExtraRequest': 'RegulationRequest', 'ExtraAnswer': 'RegulationResponse',
        'RegisterPages': 'Pager', 'RegisterBook': 'RegisterRoutes',
    }),
    ([r'Sources/Web/(?!Witness/)', r'Tests/WebTests/'], BOTH, {'Answer': 'ErrorResponse', '!Choice': 'Option'}),
    ([r'Sources/Web/', r'Tests/WebTests/', r'Sources/dianzhang/'], BOTH, {'Written': 'UserText'}),
    ([r'Sources/WorkCalendar/', r'Tests/WorkCalendarTests/'], BOTH, {'Deadline': 'WorkingDayLimit'}),
    (IDS, BOTH, {'!Fault': 'DataFault'}),
    ([r'Sources/Identifiers/', r'Tests/IdentifiersTests/'], BOTH, {'Finding': 'CheckResult'}),
    ([r'Sources/Ledger/', r'Tests/LedgerTests/', r'Sources/Kernel/LedgerKeeping', r'Sources/Kernel/Document(Verification|Findings)'], BOTH, {'!Fault': 'LedgerFault'}),
]
REGEX = [(r'Sources/.*InternetApplication.swift$', r'static let end = Deadline', 'static let expiry = Deadline'), (r'Sources/.*InternetApplication.swift$', r'deadlines = \[end\]', 'deadlines = [expiry]'), (r'Sources/.*InternetApplication.swift$', r'act\.(start|meet)\(end\b', r'act.\1(expiry'), (r'(Sources|Tests)/.*\.swift$', r'\bTelephone\.Finding\b', 'Telephone.CheckResult')]
MOVES = []

import os
_rooms = {
 'Language': 'Regulation ArticleText RegulationContents=Contents Catalogue Document Field Step Who Refusal Finding Words ID SealedKind',
 'Values': 'JSONValue=Stored FieldValue FieldAccessor=FieldMemory Body JSONReader JSONText TextLimit FreeText=Written',
 'Acting': 'Desk Principal=Hand Input Transaction Authority Act ActQueries=Asking DryRun=Rehearsal Retry=Patience RequestKey RequestKeeping',
 'Organisation': 'Organisation Administration PersonChanges Delegating Leaving',
 'Rights': 'Access AccessRules Naming Granting ReadingLimit CharterScopes FileRights',
 'Accounts': 'AccountEvent AccountRequests LoginAttempt LoginTrace TokenScope Telling',
 'Handling': 'TaskAction=Handling TaskActionTexts=HandlingTexts',
 'Persisting': 'Record IndexKey=Lookup StepEffects=Saving PendingStep UnitOfWork=PendingWrites StepWriter=StepWriting WritePipeline=WritingBeside FileKeeping FileClearing Resealing Migrations GateMigration RequestSchema DoorsSchema',
 'Proving': 'LedgerEntries=Entering LedgerKeeping LedgerWatch KeyKeeping',
 'Reading': 'Views RowPresenter=Rows DocumentReading RegisterReading TodoReading NoticeReading CharterReading ExistingValues=KnownValues',
 'Timekeeping': 'TaskList=TaskBoard RunningDeadlines=Clocks Jobs DutyAct FindingSearch',
 'Searching': 'SearchText SearchIndex',
}
for room, names in _rooms.items():
    for entry in names.split():
        new, _, old = entry.partition('=')
        MOVES.append((f'Sources/Kernel/{old or new}.swift', f'Sources/Kernel/{room}/{new}.swift'))
MOVES += [
    ('Sources/Kernel/foundation.sql', 'Sources/Kernel/Persisting/foundation.sql'), ('Sources/Kernel/witness.sql', 'Sources/Kernel/Persisting/witness.sql'),
    ('Sources/Kernel/pinyin-initials.txt', 'Sources/Kernel/Searching/pinyin-initials.txt'),
    ('Sources/Store/Visit.swift', 'Sources/Store/TransactionRequest.swift'), ('Sources/Store/WaitingLine.swift', 'Sources/Store/BlockingQueue.swift'),
    ('Sources/Store/Asking.swift', 'Sources/Store/SessionQueries.swift'),
    ('Sources/StoreSQLite/WritersTurn.swift', 'Sources/StoreSQLite/WriterLock.swift'), ('Sources/StoreSQLite/GatheredLog.swift', 'Sources/StoreSQLite/BatchedWAL.swift'),
    ('Sources/StoreSQLite/ManyRows.swift', 'Sources/StoreSQLite/MultiRowInsert.swift'), ('Sources/StoreSQLite/Checkpoints.swift', 'Sources/StoreSQLite/WALCheckpoints.swift'),
    ('Sources/Identifiers/Finding.swift', 'Sources/Identifiers/CheckResult.swift'), ('Sources/Identifiers/Fault.swift', 'Sources/Identifiers/DataFault.swift'),
    ('Sources/Ledger/Fault.swift', 'Sources/Ledger/LedgerFault.swift'),
    ('Sources/Web/Documents/StepForms.swift', 'Sources/Web/Documents/StepSubmission.swift'), ('Sources/Web/Documents/DeedForms.swift', 'Sources/Web/Documents/StepForms.swift'),
    ('Sources/Web/Documents/Way.swift', 'Sources/Web/Documents/StatePath.swift'), ('Sources/Web/Documents/Written.swift', 'Sources/Web/Documents/UserText.swift'),
    ('Sources/Web/Documents/Authorship.swift', 'Sources/Web/Documents/OfferedTypes.swift'),
    ('Sources/Web/Edge/Answer.swift', 'Sources/Web/Errors/ErrorResponse.swift'), ('Sources/Web/Edge/Answers.swift', 'Sources/Web/Errors/ErrorResponder.swift'),
    ('Sources/Web/Edge/WebFault.swift', 'Sources/Web/Errors/WebFault.swift'), ('Sources/Web/Edge/Reply.swift', 'Sources/Web/Errors/Responses.swift'),
    ('Sources/Web/Edge/HTML.swift', 'Sources/Web/Formatting/HTML.swift'), ('Sources/Web/Edge/Presentation.swift', 'Sources/Web/Formatting/Presentation.swift'),
    ('Sources/Web/Edge/ArticleName.swift', 'Sources/Web/Formatting/ArticleName.swift'), ('Sources/Web/Edge/ClockWords.swift', 'Sources/Web/Formatting/ClockWords.swift'),
    ('Sources/Web/Edge/Doorkeeper.swift', 'Sources/Web/Server/AuthenticationMiddleware.swift'),
    ('Sources/Web/Edge/ExtraPage.swift', 'Sources/Web/Server/RegulationPage.swift'),
    ('Sources/Web/Pages/Shelves.swift', 'Sources/Web/Pages/Navigation.swift'), ('Sources/Web/Pages/ShelfCounts.swift', 'Sources/Web/Pages/NavigationBadges.swift'),
    ('Sources/Web/Pages/MinePage.swift', 'Sources/Web/Pages/MyDocumentsPage.swift'),
    ('Sources/Web/Sessions/KeptFiles.swift', 'Sources/Web/Sessions/PendingUploads.swift'), ('Sources/Web/Sessions/LogInAgain.swift', 'Sources/Web/Sessions/ReauthenticationPage.swift'),
    ('Sources/Web/Sessions/Turnstile.swift', 'Sources/Web/Sessions/ConcurrencyLimiter.swift'),
    ('Sources/Web/Registers/RegisterPages.swift', 'Sources/Web/Registers/Pager.swift'), ('Sources/Web/Registers/RegisterBook.swift', 'Sources/Web/Registers/RegisterRoutes.swift'),
]
EDGE_REST = 'Assets Call Edge LastRequests NetworkAddress RoutePaths Routes SecurityHeaders SlowBodies WebConfiguration WebContext WebServer'
MOVES += [(f'Sources/Web/Edge/{n}.swift', f'Sources/Web/Server/{n}.swift') for n in EDGE_REST.split()]
# Whole folders: done file by file at the time, so that files added since come along.
FOLDERS = [
    ('Sources/CustomerAuthenticity/Chase', 'Sources/CustomerAuthenticity/Investigation'),
    ('Sources/CustomerAuthenticity', 'Sources/Regulations/CustomerAuthenticity'),
    ('Sources/CustomerConfidentiality', 'Sources/Regulations/CustomerConfidentiality'),
    ('Sources/EnterpriseIT', 'Sources/Regulations/EnterpriseIT'),
    ('Sources/Papers', 'Sources/Tables'), ('Tests/PapersTests', 'Tests/TablesTests'),
]
RENAMES[0][2]['Hand'] = 'Principal'
RENAMES[0][2]['Shelves'] = 'Navigation'
RENAMES[0][2]['Papers'] = 'Tables'
RENAMES[1][2].update({'hand': 'principal'})
REGEX += [
    (r'(Sources|Tests)/.*\.swift$', r'\b(principal)\.standing\b', r'\1.effective'),
    (r'Sources/Kernel/.*(Hand|Principal)\.swift$', r'\bvar standing: PersonID', 'var effective: PersonID'),
    (r'(Sources|Tests)/.*\.swift$', r'@testable import Papers\b', '@testable import Tables'),
]
