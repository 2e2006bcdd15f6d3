using System.Text.Json;
using System.Text.Json.Serialization;
using AriDialer.Calls;
using AriDialer.Testing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Features.Presence;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription.Live;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Live;

/// <summary>
/// Every message for pages, as it goes over the wire, stands in tests/contracts; the TypeScript tests read the same files.
/// After a change on purpose: run these tests with ARIDIALER_WRITE_CONTRACTS=1 and look at the difference.
/// </summary>
public sealed class ContractFixtureTests
{
    private const string Alice = "11111111-1111-1111-1111-111111111111";
    private const string Bob = "22222222-2222-2222-2222-222222222222";

    private static readonly JsonSerializerOptions Wire = MakeWire();
    private static readonly TelephoneNumbers Numbers = new();
    private static readonly PersonView BobView = new(Bob, "Bob Agent", "+12025550102", PhoneNames.DialFor(Bob), true);

    private static readonly PersonView JaneView = new(null, "Jane Doe", "+442079460123", "+442079460123", null, "Acme");

    private static readonly CallParty Sales = new(null, "+12025550110", "Sales") { TeamId = "33333333-3333-3333-3333-333333333333" };

    private static readonly PersonView SalesView = new(
        null, "Sales", Sales.Number, PhoneNames.DialForTeam(Sales.TeamId!), null, Team: new TeamView(3, 2));

    public static TheoryData<string> Names => [.. Messages.Keys];

    private static Dictionary<string, object> Messages => new()
    {
        ["live-message.snapshot"] = new LiveMessage(LiveMessageKind.Snapshot, 41, [Ringing(), Internal()]),
        ["live-message.empty-snapshot"] = new LiveMessage(LiveMessageKind.Snapshot, 0, []),
        ["live-message.change"] = new LiveMessage(LiveMessageKind.Change, 42, [Ended()]),
        ["live-message.consultation"] = Change(Controlled.Consultation),
        ["live-message.conference"] = Change(Controlled.Conference),
        ["live-message.transfer"] = Change(Controlled.Transfer),
        ["live-message.transferred"] = Change(Controlled.Transferred),
        ["live-message.held"] = Change(Controlled.Held),
        ["live-message.recorded"] = Change(Controlled.Recorded),
        ["live-message.flagged"] = new LiveMessage(LiveMessageKind.Change, 50, [new CallViews(Numbers, Controlled.Alice.UserId!, "US").Of(Controlled.Recorded, [
            new CountedFlag(new CallFlag("cancel*", KeywordTone.Risk, RecordingSide.Right), 2),
            new CountedFlag(new CallFlag("happy to help", KeywordTone.Good, RecordingSide.Left), 1)])]),
        ["live-message.away"] = Change(Controlled.Away),
        ["live-message.notice"] = Change(Controlled.TransferFailed),
        ["live-message.voicemail"] = Change(Controlled.Voicemail),
        ["live-words.snapshot"] = new LiveWords(
            LiveMessageKind.Snapshot,
            LiveWordsState.Listening,
            null,
            [
                new LiveLineView(1, RecordingSide.Left, "Alice Agent", Some.Noon, "good morning", LiveLineKind.Final),
                new LiveLineView(2, RecordingSide.Right, "Jane Doe", Some.Noon.AddSeconds(2), "", LiveLineKind.Gap),
                new LiveLineView(3, RecordingSide.Right, "Jane Doe", Some.Noon.AddSeconds(4), "i would", LiveLineKind.Interim),
            ]),
        ["live-words.paused"] = new LiveWords(LiveMessageKind.Change, LiveWordsState.Paused, LiveWordsSentences.For(LiveWordsState.Paused), []),
        ["live-message.team"] = Change(OfTeam()),
        ["number-preview.number"] = Preview("+44 20 7946 0123") with { Name = "Jane Doe" },
        ["number-preview.number-of-colleague"] = Preview("2025550102") with { People = [BobView] },
        ["number-preview.person"] = NumberPreview.Bare(PreviewKind.Person, null, [BobView]) with { Dial = BobView.Dial },
        ["number-preview.contact"] = NumberPreview.Bare(PreviewKind.Person, null, [BobView, JaneView]),
        ["number-preview.team"] = NumberPreview.Bare(PreviewKind.Person, null, [SalesView]) with { Dial = SalesView.Dial },
        ["number-preview.number-of-team"] = Preview("2025550110") with { Name = "Sales", Team = SalesView.Team, People = [SalesView] },
        ["number-preview.emergency"] = NumberPreview.Bare(PreviewKind.Emergency, ((EmergencyNumber)Numbers.Read("911", "US")).Sentence, []),
        ["number-preview.invalid"] = NumberPreview.Bare(PreviewKind.Invalid, ((NotANumber)Numbers.Read("12", "US")).Sentence, []),
        ["number-preview.empty"] = NumberPreview.Bare(PreviewKind.Empty, null, []),
        ["asterisk-view.away"] = new AsteriskView(false, Some.Noon),
        ["refused-view.two"] = RefusedView.Of((2, Some.Noon), Some.Noon),
        ["refused-view.nothing"] = RefusedView.Of((2, Some.Noon), Some.Noon.AddDays(1)),
        ["control-results"] = Enum.GetValues<ControlResult>(),
        ["control-view.accepted"] = new ControlView(ControlResult.Accepted, null),
        ["control-view.refused"] = new ControlView(ControlResult.Refused, ControlSentences.ForRefusal(Refusals.AlreadyThere)),
        ["people-message.snapshot"] = new PeopleMessage(
            PeopleMessageKind.Snapshot,
            [LampOf(PresenceState.OnCall) with { Since = Some.Noon }, LampOf(PresenceState.Available) with { UserId = Alice, Number = null, Display = null }],
            [],
            new MyPresence(ChosenPresence.DoNotDisturb, [Bob])),
        ["people-message.change"] = new PeopleMessage(
            PeopleMessageKind.Change, [LampOf(PresenceState.Away), LampOf(PresenceState.DoNotDisturb) with { UserId = Alice }], [Alice], null),
        ["phone-session"] = new PhoneSessionView(
            "web-abcdefgh23456723", "not-a-real-password", "dialer.example.com", "Alice Agent", "+12025550101", Some.Noon.AddHours(12), []),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_OnTheWire_IsWhatTheFileSays(string name)
    {
        var file = Path.Combine(RepositoryRoot.Path, "tests", "contracts", $"{name}.json");
        var json = JsonSerializer.Serialize(Messages[name], Wire).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("ARIDIALER_WRITE_CONTRACTS") == "1")
            File.WriteAllText(file, json);

        Assert.Equal(File.ReadAllText(file), json);
    }

    [Fact]
    public void Folder_HoldsNothingElse()
    {
        var files = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests", "contracts"), "*.json").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Messages.Keys.Order(), files.Order());
    }

    private static LiveMessage Change(CallSnapshot call) =>
        new(LiveMessageKind.Change, 50, [new CallViews(Numbers, Controlled.Alice.UserId!, "US").Of(call)]);

    private static CallView Ringing() => new CallViews(Numbers, Alice, "US").Of(
        Some.Call("1700000000-1", 3, CallState.Ringing, callee: Alice, callerName: "Jane Doe"));

    private static CallSnapshot OfTeam() => Some.Call("1700000000-3", 2, CallState.Ringing) with
    {
        Callee = Sales,
        Team = Sales,
        Legs =
        [
            new LegSnapshot("1700000000-3.leg1", "web-abc", null, Alice, LegState.Ringing) { Party = new CallParty(Alice, "+12025550101", "Alice"), Role = LegRole.Called },
            new LegSnapshot("1700000000-3.leg2", "web-def", null, Bob, LegState.Ringing) { Party = new CallParty(Bob, "+12025550102", "Bob"), Role = LegRole.Called },
        ],
    };

    private static CallView Internal() => new CallViews(Numbers, Alice, "US").Of(
        Some.Call("1700000000-2", 5, CallState.Connected, Alice, Bob, "Alice", CallDirection.Internal) with
        {
            Legs = [new LegSnapshot("1700000000.2", "web-abc", "sip-call-id-1", Alice, LegState.Up) { Place = LegPlace.Main }],
        });

    private static CallView Ended() => new CallViews(Numbers, Bob, "US").Of(Some.Call("1700000000-1", 9, CallState.Ended, callee: Alice));

    private static NumberPreview Preview(string text)
    {
        var number = ((ReadNumber)Numbers.Read(text, "US")).Number;
        return new NumberPreview(
            PreviewKind.Number, number.E164, number.E164, number.National, number.International, number.Region,
            Countries.NameOf(number.Region), null, null, []);
    }

    private static Lamp LampOf(PresenceState state) =>
        new(Bob, "Bob Agent", "+12025550102", "+1 202-555-0102", PhoneNames.DialFor(Bob), state, null);

    private static JsonSerializerOptions MakeWire()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true };
        LiveFeature.Json(options);
        Assert.Contains(options.Converters, converter => converter is JsonStringEnumConverter);
        return options;
    }
}
