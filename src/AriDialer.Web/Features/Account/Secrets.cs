using System.Security.Cryptography;

namespace AriDialer.Web.Features.Account;

/// <summary>Random text that nobody can guess.</summary>
internal static class Secrets
{
    // Lower-case base32: safe in URLs, SIP user names and dial strings, five bits a letter.
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    public static string Text(int length) => RandomNumberGenerator.GetString(Letters, length);
}
