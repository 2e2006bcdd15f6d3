using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.SignalR;

namespace AriDialer.Web.Features.Security;

/// <summary>A hub for the pages of signed-in people: its connections end with the sign-in, and say so.</summary>
internal abstract class PageHub<THub>(
    OpenConnections connections, PersonPaces paces, Colleagues colleagues, IHubContext<THub> hub, TimeProvider time) : Hub
    where THub : Hub
{
    protected const string TooFast = "That was too much at once. Wait a moment.";

    private static readonly object OpenKey = new();
    private static readonly TimeSpan ToHearIt = TimeSpan.FromMilliseconds(500);

    protected string UserId => Context.User!.UserId();

    public override async Task OnConnectedAsync()
    {
        var connection = Context;
        Context.Items[OpenKey] = connections.Add(
            UserId, Context.User!.SignInId(), isPhone: false, sentence => EndAsync(hub.Clients.Client(connection.ConnectionId), connection, sentence));

        // After it was noted: who is disabled in between is either seen here or ended there, and of many that are opened at once each
        // is counted.
        if (connections.HasTooManyPages(UserId) || await colleagues.ByIdAsync(UserId, Context.ConnectionAborted) is not { Disabled: false })
            Context.Abort();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        (Context.Items[OpenKey] as IDisposable)?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Asked by a page that has slept: who gets no answer connects anew.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "Hubs are called on an instance.")]
    public void StillThere()
    {
        // That it is answered says all.
    }

    /// <summary>Takes a turn of the person's pace; false where what was asked for has to wait.</summary>
    protected bool TryTakeTurn() => paces.Of(UserId).TryTake();

    /// <summary>The same, for what has no answer of its own to say so.</summary>
    /// <exception cref="HubException">It has to wait.</exception>
    protected void TakeTurn()
    {
        if (!TryTakeTurn())
            throw new HubException(TooFast);
    }

    /// <summary>Takes a turn for a stream, which lasts until the result is disposed.</summary>
    /// <exception cref="HubException">It has to wait.</exception>
    protected IDisposable BeginStream() => paces.Of(UserId).TryFollow() ?? throw new HubException(TooFast);

    private async Task EndAsync(IClientProxy page, HubCallerContext connection, string sentence)
    {
        await page.SendAsync("SessionEnded", sentence);
        _ = AbortSoonAsync(connection);
    }

    // The words travel on the connection that is about to be cut; who ends it need not wait.
    private async Task AbortSoonAsync(HubCallerContext connection)
    {
        await Task.Delay(ToHearIt, time);
        connection.Abort();
    }
}
