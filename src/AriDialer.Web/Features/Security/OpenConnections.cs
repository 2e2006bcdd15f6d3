using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Security;

/// <summary>What a person has open to us besides requests: hubs and SIP sockets. They end with the sign-in, or with the person's leave to use them.</summary>
internal sealed class OpenConnections(IOptions<PageOptions> options)
{
    private readonly ConcurrentDictionary<Connection, bool> _open = new();

    /// <summary>Raised when a person has opened or closed one. Listeners do not wait and do not throw.</summary>
    public event Action<string>? Changed;

    /// <summary>Notes an open connection until the result is disposed.</summary>
    /// <param name="userId">Whose it is.</param>
    /// <param name="signInId">The sign-in that opened it.</param>
    /// <param name="isPhone">True for a SIP socket.</param>
    /// <param name="end">Ends it, having told the sentence where it can.</param>
    public IDisposable Add(string userId, string signInId, bool isPhone, Func<string, Task> end)
    {
        var connection = new Connection(this, userId, signInId, isPhone, end);
        _open[connection] = true;
        Changed?.Invoke(userId);
        return connection;
    }

    public Task EndSignInAsync(string signInId, string sentence) => EndAsync(connection => connection.SignInId == signInId, sentence);

    /// <summary>Ends the SIP sockets of a sign-in whose phone has run out; its pages stay signed in.</summary>
    public Task EndPhonesAsync(string signInId) => EndAsync(connection => connection.IsPhone && connection.SignInId == signInId, "");

    /// <summary>Ends what a person has open, but for one sign-in that may go on.</summary>
    public Task EndPersonAsync(string userId, string? exceptSignInId, string sentence) =>
        EndAsync(connection => connection.UserId == userId && connection.SignInId != exceptSignInId, sentence);

    /// <summary>How many SIP sockets the person has open.</summary>
    public int PhonesOf(string userId) => _open.Keys.Count(connection => connection.IsPhone && connection.UserId == userId);

    /// <summary>True while the person may open another hub connection.</summary>
    public bool MayOpenPage(string userId) => PagesOf(userId) < options.Value.ConnectionsPerPerson;

    /// <summary>True where the person has more hub connections open than they may.</summary>
    public bool HasTooManyPages(string userId) => PagesOf(userId) > options.Value.ConnectionsPerPerson;

    public bool IsOnline(string userId) => PhonesOf(userId) > 0;

    /// <summary>True for a person with any page or phone open.</summary>
    public bool IsHere(string userId) => _open.Any(open => open.Key.UserId == userId);

    private int PagesOf(string userId) => _open.Count(open => !open.Key.IsPhone && open.Key.UserId == userId);

    private Task EndAsync(Func<Connection, bool> which, string sentence) =>
        Task.WhenAll(_open.Keys.Where(which).Select(connection => connection.End(sentence)));

    private sealed class Connection(OpenConnections owner, string userId, string signInId, bool isPhone, Func<string, Task> end) : IDisposable
    {
        public string UserId => userId;

        public string SignInId => signInId;

        public bool IsPhone => isPhone;

        public Task End(string sentence) => end(sentence);

        public void Dispose()
        {
            if (owner._open.TryRemove(this, out _))
                owner.Changed?.Invoke(userId);
        }
    }
}
