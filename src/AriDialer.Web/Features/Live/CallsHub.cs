using System.Runtime.CompilerServices;
using AriDialer.Ari;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Demo;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Features.Recording;
using AriDialer.Web.Features.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Live;

/// <summary>The calls, live, for pages.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed partial class CallsHub(
    LiveBoard board,
    CallControls controls,
    PhoneSessions phones,
    NumberPreviews previews,
    Names names,
    TelephoneNumbers numbers,
    Colleagues colleagues,
    OpenConnections connections,
    PersonPaces paces,
    DemoCalls demo,
    IHubContext<CallsHub> hub,
    TimeProvider time,
    IOptions<DialingOptions> dialing,
    IOptions<RecordingOptions> recording) : PageHub<CallsHub>(connections, paces, colleagues, hub, time)
{
    private readonly TimeProvider _time = time;
    private readonly Colleagues _colleagues = colleagues;

    /// <summary>Streams calls: a snapshot, then changes.</summary>
    /// <param name="scope"><c>mine</c>, or <c>all</c> for those who see all.</param>
    /// <param name="cancellationToken">Cancelled when the page stops watching.</param>
    public async IAsyncEnumerable<LiveMessage> Watch(string scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stream = BeginStream();
        var isAll = scope == "all";
        if (!isAll && scope != "mine")
            throw new HubException("There is nothing of that name to watch.");

        if (isAll && !Context.User!.SeesAll())
            throw new HubException("Only supervisors see everybody's calls.");

        var me = await _colleagues.ByIdAsync(UserId, cancellationToken);
        var views = new CallViews(numbers, UserId, me?.Region ?? dialing.Value.DefaultRegion);
        // What is said in a call is for those who are in it, or may listen to all.
        var (hearsAll, hearsOwn) = (Context.User!.SeesAll(), recording.Value.AgentsMayListen);
        using var watcher = board.Watch(isAll ? null : UserId);
        await foreach (var (kind, sequence, calls) in watcher.ReadAsync(cancellationToken))
        {
            await views.RecogniseAsync(calls, names);
            yield return new LiveMessage(kind, sequence, [.. calls.Select(call => views.Of(call, hearsAll || (hearsOwn && call.LegOf(UserId) is not null) ? board.FlagsOf(call.Id) : []))]);
        }
    }

    /// <summary>Says what a text in the number field means.</summary>
    public Task<NumberPreview> Resolve(string? text)
    {
        TakeTurn();
        return previews.ResolveAsync(text, UserId, Context.ConnectionAborted);
    }

    /// <summary>In a demonstration: has the pretend network call this person.</summary>
    public async Task CallMe()
    {
        TakeTurn();
        try
        {
            await demo.CallAsync(UserId, Context.ConnectionAborted);
        }
        catch (AriException)
        {
            throw new HubException("The telephone system does not answer. Try again in a moment.");
        }
    }
}
