using System.Collections.Immutable;
using System.Net.Http.Json;
using AriDialer.Calls;
using AriDialer.Calls.Routing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Dialing;

/// <summary>
/// A house of people whose rules are told in words: "bob always>carol, carol voicemail". Alice, Bob and Carol have phones, Dave has
/// none, and Zoe has neither phone nor number. A decision is told in words too.
/// </summary>
public sealed class RoutingHouse : IAsyncLifetime
{
    public const string Outside = "+442079460123";
    public const string TeamNumber = "+12025550110";

    private readonly Dictionary<string, string> _ids = [];
    private readonly Dictionary<string, string> _endpoints = [];

    public TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await TestApp.StartAsync(new()
        {
            ["Trunk:CallerNumber"] = "+12025550100",
            ["Dialing:Places:0:Name"] = "Front desk",
            ["Dialing:Places:0:Context"] = "reception",
            ["Dialing:Places:0:Extension"] = "s",
            ["Dialing:Places:0:Priority"] = "2",
        });
        foreach (var (name, number) in new[] { ("alice", "+12025550101"), ("bob", "+12025550102"), ("carol", "+12025550103"), ("dave", "+12025550104"), ("zoe", null) })
        {
            _ids[name] = await App.AddPersonAsync(char.ToUpperInvariant(name[0]) + name[1..], number: number);
        }

        await App.Asterisk.ConnectedAsync();
        foreach (var name in new[] { "alice", "bob", "carol" })
        {
            var answer = await (await App.SignInAsync(name)).PostScriptAsync("/phone/session");
            _endpoints[name] = (await answer.Content.ReadFromJsonAsync<PhoneSessionView>())!.Endpoint;
        }
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    public string Id(string name) => _ids[name];

    public string Endpoint(string name) => _endpoints[name];

    public string Dial(string name) => PhoneNames.DialFor(_ids[name]);

    /// <summary>Makes these the rules of the house, and no others.</summary>
    public async Task RulesAsync(string rules)
    {
        await App.WithDatabaseAsync(async database =>
        {
            await database.Users.ExecuteUpdateAsync(users => users.SetProperty(user => user.DoNotDisturb, false));
            return await database.CallSettings.ExecuteDeleteAsync();
        });
        foreach (var rule in rules.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (who, what) = (Id(rule.Split(' ')[0]), rule.Split(' ')[1]);
            if (what == "dnd")
                await App.WithDatabaseAsync(database => database.Users.Where(user => user.Id == who).ExecuteUpdateAsync(users => users.SetProperty(user => user.DoNotDisturb, true)));
            else
                await App.Get<CallRules>().ChangeAsync(who, settings => Apply(settings, what), CancellationToken.None);
        }
    }

    /// <summary>Makes this the only team of the house, told in words as <see cref="RulesAsync"/>: "alice bob >carol". It is called Sales.</summary>
    public async Task<string> TeamAsync(string words)
    {
        var team = new Team { Id = Team.NewId(), Name = "Sales", Number = TeamNumber };
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is ['>', .. var to])
                team.WhenUnanswered = to.Split('@') is ["voicemail", var owner] ? new CallForward(ForwardTo.Voicemail, null, Id(owner)) : ForwardOf(to);
            else
                team.Members.Add(new TeamMember { TeamId = team.Id, UserId = Id(word) });
        }

        await App.WithDatabaseAsync(async database =>
        {
            await database.Teams.ExecuteDeleteAsync();
            database.Teams.Add(team);
            return await database.SaveChangesAsync();
        });
        _ids["sales"] = team.Id;
        return team.Id;
    }

    /// <summary>A call from outside for this person, or for the team; then what follows after each of the reasons why nobody took it.</summary>
    public Task<RouteDecision> FromOutsideAsync(string whom, params string[] unanswered) =>
        AskAsync(new RouteRequest(
            "call", "aridialer-trunk", Number(whom), Outside, "Jane", ImmutableDictionary<string, string>.Empty.Add("kind", "trunk"), Some.Noon), unanswered);

    /// <summary>A call from a person's phone.</summary>
    public Task<RouteDecision> FromPersonAsync(string who, string dialled, params string[] unanswered) =>
        AskAsync(new RouteRequest(
            "call", Endpoint(who), dialled, "", "", ImmutableDictionary<string, string>.Empty.Add("kind", "phone"), Some.Noon), unanswered);

    /// <summary>A person in a call wants somebody.</summary>
    public Task<RouteDecision> InCallAsync(RoutePurpose purpose, string? byUserId, string to, CallParty? waiting = null, params string[] unanswered) =>
        AskAsync(new RouteRequest("call", "aridialer-trunk", to, Outside, "Jane", ImmutableDictionary<string, string>.Empty, Some.Noon)
        {
            Purpose = purpose,
            ByUserId = byUserId,
            Waiting = waiting ?? new CallParty(null, Outside, "Jane"),
        }, unanswered);

    /// <summary>"rings bob", "rings +44… as +1… Jane", "message bob …", "refused busy", "goes to reception,s,2".</summary>
    public string Describe(RouteDecision decision) => decision switch
    {
        RingTargets ring => "rings " + string.Join(" and ", ring.Targets.Select(target => target.UserId is { } id
            ? Name(id)
            : $"{target.Address["PJSIP/".Length..].Split('@')[0]} as {target.CallerNumber} {target.CallerName}")),
        TakeMessage message => $"message {Name(message.UserId)} {string.Join(' ', message.Greeting)}",
        RefuseCall refuse => $"refused {refuse.Reason}",
        HandBack { Place: { } place } => $"goes to {place.Context},{place.Extension},{place.Priority}",
        _ => decision.ToString(),
    };

    private async Task<RouteDecision> AskAsync(RouteRequest request, string[] unanswered)
    {
        var route = App.Get<CallRouting>();
        var decision = await route(request, CancellationToken.None);
        foreach (var reason in unanswered)
        {
            var ring = Assert.IsType<RingTargets>(decision);
            Assert.True(ring.AskAgain, $"{Describe(ring)}, and does not ask what to do after {reason}.");
            decision = await route(request with { Unanswered = reason, Trail = ring.Trail }, CancellationToken.None);
        }

        return decision;
    }

    private void Apply(CallSettings settings, string what)
    {
        var (when, to) = what.Split('>') switch { [var w, var t] => (w, t), _ => (what, "") };
        var forward = ForwardOf(to);
        switch (when)
        {
            case "always": settings.Always = forward; break;
            case "busy": settings.WhenBusy = forward; break;
            case "unanswered": settings.WhenUnanswered = forward; break;
            case "voicemail": settings.Voicemail = true; break;
            case "greeting": settings.GreetingAt = Some.Noon; break;
            default: settings.RingSeconds = int.Parse(when, System.Globalization.CultureInfo.InvariantCulture); break;
        }
    }

    private CallForward ForwardOf(string to) => to switch
    {
        "voicemail" => new CallForward(ForwardTo.Voicemail, null, null),
        ['+', ..] => new CallForward(ForwardTo.Number, to, null),
        _ => new CallForward(ForwardTo.Colleague, null, _ids.GetValueOrDefault(to)),
    };

    private string Number(string name) => name switch { "alice" => "+12025550101", "bob" => "+12025550102", "carol" => "+12025550103", "sales" => TeamNumber, _ => "+12025550104" };

    private string Name(string id) => _ids.Single(pair => pair.Value == id).Key;
}
