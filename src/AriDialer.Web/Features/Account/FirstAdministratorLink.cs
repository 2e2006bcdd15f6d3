using System.Security.Cryptography;
using System.Text;

namespace AriDialer.Web.Features.Account;

/// <summary>The secret of the link that makes the first administrator: in memory only, usable once, and only while nobody exists.</summary>
internal sealed class FirstAdministratorLink
{
    private string? _token;

    /// <summary>Makes a new secret, and so ends an earlier one.</summary>
    public string Open() => _token = Secrets.Text(32);

    public bool Opens(string? token) =>
        _token is { } expected
        && token is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(token));

    /// <summary>Takes the secret: of two who hold the link at once, only one gets true.</summary>
    public bool TryUse(string? token) => Opens(token) && Interlocked.Exchange(ref _token, null) is not null;

    /// <summary>Gives the secret back after an attempt that made nobody.</summary>
    public void GiveBack(string token) => _token = token;
}
