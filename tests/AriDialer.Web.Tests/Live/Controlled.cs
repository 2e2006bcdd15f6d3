using AriDialer.Calls;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Live;

/// <summary>Calls in the midst of each control, seen by Alice's page.</summary>
internal static class Controlled
{
    public static readonly CallParty Alice = new("11111111-1111-1111-1111-111111111111", "+12025550101", "Alice Agent");
    public static readonly CallParty Bob = new("22222222-2222-2222-2222-222222222222", "+12025550102", "Bob Agent");
    public static readonly CallParty Jane = new(null, "+442079460123", "Jane Doe");
    public static readonly CallParty Lawyer = new(null, "+12025550143", null);

    private const string Id = "1700000000-3";

    /// <summary>Jane has called Alice.</summary>
    public static CallSnapshot Talk => Some.Talk(Id, Jane, Alice, 7) with { OwnerUserId = Alice.UserId };

    private static LegSnapshot JanesLeg => Talk.Legs[0];

    private static LegSnapshot AlicesLeg => Talk.Legs[1];

    /// <summary>Alice asks Bob, while Jane hears music.</summary>
    public static CallSnapshot Consultation => Talk with
    {
        Legs =
        [
            JanesLeg, AlicesLeg with { Place = LegPlace.Consult },
            Some.Leg($"{Id}.leg2", LegRole.Consulted, Bob) with { Place = LegPlace.Consult },
        ],
        Consultation = new Consultation(Alice.UserId, AlicesLeg.ChannelId, Bob, IsUp: true, TalksToOthers: false),
    };

    /// <summary>Both are recorded.</summary>
    public static CallSnapshot Recorded => Talk with
    {
        Recording = new CallRecording(
            RecordingState.On, Alice.UserId, null,
            [
                new RecordingTrack($"{Id}.rec1", JanesLeg.ChannelId, null, IsCaller: true, Some.Noon.AddSeconds(10), IsOver: false),
                new RecordingTrack($"{Id}.rec2", AlicesLeg.ChannelId, Alice.UserId, IsCaller: false, Some.Noon.AddSeconds(10), IsOver: false),
            ],
            []),
    };

    /// <summary>The connection to Alice's phone is lost.</summary>
    public static CallSnapshot Away => Talk with { Legs = [JanesLeg, AlicesLeg with { IsAway = true, Place = LegPlace.Outside }] };

    /// <summary>Bob has joined, a lawyer is being rung, and Alice has muted Jane and herself.</summary>
    public static CallSnapshot Conference => Talk with
    {
        Legs =
        [
            JanesLeg with { Muted = true }, AlicesLeg with { Muted = true }, Some.Leg($"{Id}.leg2", LegRole.Added, Bob) with { PhoneHold = true },
            Some.Leg($"{Id}.leg3", LegRole.Added, Lawyer) with { State = LegState.Ringing, Place = LegPlace.Outside },
        ],
    };

    /// <summary>Alice has transferred, and Bob's phone rings.</summary>
    public static CallSnapshot Transfer => Talk with
    {
        Legs =
        [
            JanesLeg, AlicesLeg with { Place = LegPlace.Outside },
            Some.Leg($"{Id}.leg2", LegRole.Transferred, Bob) with { State = LegState.Ringing, Place = LegPlace.Outside },
        ],
        Transfer = new PendingTransfer(Alice.UserId, Bob),
    };

    /// <summary>Bob has answered, and Alice is out.</summary>
    public static CallSnapshot Transferred => Talk with
    {
        Legs = [JanesLeg, AlicesLeg with { State = LegState.Gone, Place = LegPlace.Outside }, Some.Leg($"{Id}.leg2", LegRole.Transferred, Bob)],
        OwnerUserId = Bob.UserId,
    };

    /// <summary>Bob would not have it: Alice is told, and talks to Jane again.</summary>
    public static CallSnapshot TransferFailed => Talk with
    {
        Notice = new CallNotice(2, Alice.UserId, NoticeKinds.TransferFailed, EndReasons.Busy, Bob),
    };

    /// <summary>Alice holds Jane, who holds Alice.</summary>
    public static CallSnapshot Held => Talk with
    {
        Legs = [JanesLeg with { PhoneHold = true }, AlicesLeg with { Holding = true, Place = LegPlace.Outside }],
    };

    /// <summary>Alice did not answer, and Jane leaves a message.</summary>
    public static CallSnapshot Voicemail => Talk with
    {
        State = CallState.Voicemail,
        AnsweredAt = null,
        Legs = [JanesLeg, AlicesLeg with { State = LegState.Gone, Place = LegPlace.Outside }],
        OwnerUserId = null,
        Message = new VoicemailMessage(Alice.UserId!, $"vm-{Id}", null),
    };
}
