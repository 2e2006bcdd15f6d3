using System.Net;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Security;

/// <summary>Who may use what: a page or an endpoint that is not in this table, or is open to others than it says, fails.</summary>
public sealed class AuthorizationMatrixTests : IAsyncLifetime
{
    private const string Anybody = "anybody";

    private static readonly Dictionary<string, string> Table = new()
    {
        [""] = Policies.Agent,
        ["account/sign-in"] = Anybody,
        ["account/sign-in/code"] = Anybody,
        ["account/first"] = Anybody,
        ["account/set-password"] = Anybody,
        ["account/denied"] = Anybody,
        ["account/passkey-options/request"] = Anybody,
        ["account/passkey-options/create"] = Policies.Agent,
        ["error/{status:int?}"] = Anybody,
        ["health/live"] = Anybody,
        ["health/ready"] = Anybody,
        ["sign-out"] = Policies.Agent,
        ["profile"] = Policies.Agent,
        ["profile/calls"] = Policies.Agent,
        ["profile/phones"] = Policies.Agent,
        ["profile/password"] = Policies.Agent,
        ["profile/two-factor"] = Policies.Agent,
        ["profile/passkeys"] = Policies.Agent,
        ["contacts"] = Policies.Agent,
        ["contacts/add"] = Policies.Agent,
        ["contacts/import"] = Policies.Agent,
        ["contacts/export"] = Policies.Agent,
        ["contacts/{id:long}"] = Policies.Agent,
        ["contacts/{id:long}/delete"] = Policies.Agent,
        ["dialer"] = Policies.Agent,
        ["dialer/custom"] = Policies.Agent,
        ["live"] = Policies.Agent,
        ["live/{id}"] = Policies.Agent,
        ["history"] = Policies.Agent,
        ["history/export"] = Policies.Agent,
        ["history/{id}"] = Policies.Agent,
        ["history/{id}/recording"] = Policies.Agent,
        ["history/{id}/transcript"] = Policies.Agent,
        ["recordings/{id}/audio"] = Policies.Agent,
        ["recordings/{id}/waveform"] = Policies.Agent,
        ["recordings/{id}/file"] = Policies.Agent,
        ["recordings/{id}/transcript.txt"] = Policies.Agent,
        ["recordings/{id}/transcript.vtt"] = Policies.Agent,
        ["recordings/{id}/transcript.json"] = Policies.Agent,
        ["transcripts"] = Policies.Agent,
        ["history/{id}/summary"] = Policies.Agent,
        ["transcripts/keywords"] = Policies.Supervisor,
        ["transcripts/keywords/add"] = Policies.Supervisor,
        ["transcripts/keywords/{id:long}"] = Policies.Supervisor,
        ["transcripts/keywords/{id:long}/delete"] = Policies.Supervisor,
        ["voicemail"] = Policies.Agent,
        ["voicemail/{id}/audio"] = Policies.Agent,
        ["voicemail/greeting/audio"] = Policies.Agent,
        ["hubs/voicemail"] = Policies.Agent,
        ["hubs/voicemail/negotiate"] = Policies.Agent,
        ["hubs/calls"] = Policies.Agent,
        ["hubs/calls/negotiate"] = Policies.Agent,
        ["hubs/people"] = Policies.Agent,
        ["hubs/people/negotiate"] = Policies.Agent,
        ["phone/session"] = Policies.Agent,
        ["phone/session/close"] = Policies.Agent,
        ["phone/ws"] = Policies.Agent,
        ["people"] = Policies.Administrator,
        ["people/add"] = Policies.Administrator,
        ["people/{id:guid}"] = Policies.Administrator,
        ["people/{id:guid}/disable"] = Policies.Administrator,
        ["transcription/engines"] = Policies.Administrator,
        ["transcription/engines/servers/{id}"] = Policies.Administrator,
        ["transcription/engines/calls"] = Policies.Administrator,
        ["transcription/engines/calls/{id:long}/delete"] = Policies.Administrator,
        ["teams"] = Policies.Administrator,
        ["teams/add"] = Policies.Administrator,
        ["teams/{id:guid}"] = Policies.Administrator,
        ["teams/{id:guid}/delete"] = Policies.Administrator,
        ["recording/rules"] = Policies.Administrator,
        ["recording/rules/add"] = Policies.Administrator,
        ["recording/rules/{id:long}"] = Policies.Administrator,
        ["recording/rules/{id:long}/delete"] = Policies.Administrator,
        ["recording/retention"] = Policies.Administrator,
        ["recording/retention/now"] = Policies.Administrator,
    };

    private TestApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        await _app.AddPersonAsync("Agent");
        await _app.AddPersonAsync("Supervisor", "supervisor");
        await _app.AddPersonAsync("Administrator", "administrator");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Endpoints_AllOfThem_AreOpenToWhomTheTableSays()
    {
        Dictionary<string, string> found = [];
        foreach (var endpoint in _app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            found[endpoint.RoutePattern.RawText!.Trim('/')] = PolicyOf(await MetadataAsync(endpoint));
        }

        Assert.Equal(Table.OrderBy(row => row.Key, StringComparer.Ordinal), found.OrderBy(row => row.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pages_AsEachRole_OpenOrNotAsTheTableSays()
    {
        var people = new Dictionary<string, Browser>
        {
            [Anybody] = _app.NewBrowser(),
            [Policies.Agent] = await _app.SignInAsync("Agent"),
            [Policies.Supervisor] = await _app.SignInAsync("Supervisor"),
            [Policies.Administrator] = await _app.SignInAsync("Administrator"),
        };
        foreach (var (pattern, policy) in Table.Where(row => !IsNoPage(row.Key)))
        {
            var path = "/" + pattern.Replace("{id:guid}", "00000000-0000-0000-0000-000000000001", StringComparison.Ordinal)
                .Replace("{id:long}", "1", StringComparison.Ordinal)
                .Replace("{id}", "x", StringComparison.Ordinal).Replace("{status:int?}", "404", StringComparison.Ordinal);
            foreach (var (role, browser) in people)
            {
                var answer = await browser.GetAsync(path);
                Assert.True(IsOpen(answer) == MayOpen(role, policy), $"{role} asked for {path} and got {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }
    }

    [Theory]
    [InlineData(
        typeof(Features.Live.CallsHub),
        "AddPerson", "Ask", "CallMe", "CancelTransfer", "CompleteTransfer", "EndCall", "HangUp", "Hold", "JoinConsultation", "Merge", "Mute",
        "MutePerson", "PauseRecording", "ReadAlong", "Reconnect", "Record", "RemovePerson", "Resolve", "Resume", "SendDigits", "Swap", "Transfer", "Watch",
        "WatchAsterisk", "WatchRefused")]
    [InlineData(typeof(Features.Security.PageHub<Features.Presence.PeopleHub>), "StillThere")]
    [InlineData(typeof(Features.Presence.PeopleHub), "SetFavourite", "SetPresence", "Watch")]
    public void HubMethods_AreThoseThatTestsKnow(Type hub, params string[] known)
    {
        var methods = hub
            .GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.DeclaredOnly)
            .Select(method => method.Name).Where(name => !name.StartsWith("On", StringComparison.Ordinal)).Order();

        Assert.Equal(known, methods);
    }

    private static bool IsNoPage(string pattern) =>
        pattern.StartsWith("hubs", StringComparison.Ordinal) || pattern.StartsWith("account/passkey-options", StringComparison.Ordinal);

    private static bool MayOpen(string role, string policy) =>
        policy == Anybody || policy == role || role == Policies.Administrator || policy == Policies.Agent && role != Anybody;

    private static bool IsOpen(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => false,
        HttpStatusCode.Redirect when answer.Headers.Location is { } to =>
            !to.OriginalString.Contains("/account/sign-in?returnUrl", StringComparison.Ordinal)
            && !to.OriginalString.Contains("/account/denied", StringComparison.Ordinal),
        _ => true,
    };

    // A page's own attributes are read when it is first asked for.
    private async Task<EndpointMetadataCollection> MetadataAsync(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page
            ? new EndpointMetadataCollection((await _app.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata)).EndpointMetadata ?? [])
            : endpoint.Metadata;

    private static string PolicyOf(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<IAllowAnonymous>() is not null
            ? Anybody
            : metadata.GetOrderedMetadata<IAuthorizeData>().LastOrDefault()?.Policy ?? "none of its own";
}
