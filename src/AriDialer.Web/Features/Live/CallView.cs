using AriDialer.Web.Data;

namespace AriDialer.Web.Features.Live;

/// <summary>A call as a page shows it to one person. From and To are the two sides that are there now; Team, the name of the team that was called.</summary>
internal sealed record CallView(
    string Id,
    long Version,
    CallDirection Direction,
    CallState State,
    PartyView From,
    PartyView To,
    DateTimeOffset StartedAt,
    DateTimeOffset? RingingAt,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset? EndedAt,
    EndView? End,
    IReadOnlyList<LegView> Legs,
    string? Team,
    string? Owner,
    ConsultationView? Consultation,
    TransferView? Transfer,
    NoticeView? Notice,
    bool Recordable,
    RecordingState Recording,
    IReadOnlyList<FlagView> Flags,
    MineView? Mine);

/// <summary>One side, with its number written for people.</summary>
internal sealed record PartyView(string? UserId, string? Number, string? Display, string? Name, string? Country);

/// <summary>Something that is watched for was said, so often: by whom, and whether that is our side.</summary>
internal sealed record FlagView(string Phrase, KeywordTone Tone, string Who, bool Ours, int Count);

/// <summary>How a call ended, with a sentence for people.</summary>
internal sealed record EndView(EndedBy Party, string Reason, int Cause, string Sentence);

/// <summary>
/// One who is in the call or is being rung; Id is what removes or mutes them. Away: the connection to their phone is lost, and their place
/// is kept for a while.
/// </summary>
internal sealed record LegView(
    string Id,
    PartyView Party,
    LegRole Role,
    LegState State,
    LegPlace Place,
    bool Holding,
    bool PhoneHold,
    bool Muted,
    bool Away,
    bool Mine);

/// <summary>Somebody is asked first. Talking says whom who asks talks to; Transfer, whether the transfer could be completed now.</summary>
internal sealed record ConsultationView(string? By, PartyView Party, LegState State, LegPlace Talking, bool Transfer);

/// <summary>A transfer whose target rings.</summary>
internal sealed record TransferView(string? By, PartyView Party);

/// <summary>What a person should be told, or everybody where UserId is null.</summary>
internal sealed record NoticeView(int Id, string? UserId, string Sentence, NoticeTone Tone);

internal enum NoticeTone
{
    Plain,
    Bad,
}

/// <summary>
/// How the person takes part. Held: everybody whom they could hear is elsewhere, so they wait. Away: the connection to the phone that
/// they take part with, Endpoint, is lost.
/// </summary>
internal sealed record MineView(
    MyRole Role, string? SipCallId, string? LegId, string? Endpoint, bool Away, bool Holding, bool Muted, bool IsOwner, bool Held);

internal enum MyRole
{
    Caller,
    Callee,
}

internal enum LiveMessageKind
{
    Snapshot,
    Change,
}

/// <summary>All live calls, or those that changed since the message before.</summary>
internal sealed record LiveMessage(LiveMessageKind Kind, long Seq, IReadOnlyList<CallView> Calls);

/// <summary>What became of a control, with a sentence for people where it was not accepted.</summary>
internal sealed record ControlView(ControlResult Result, string? Sentence);
