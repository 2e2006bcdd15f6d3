using Microsoft.Net.Http.Headers;

namespace AriDialer.Web.Features.Security;

/// <summary>What counts as one hearing of a sound: a player asks for many parts of it while one listens and jumps.</summary>
internal static class Hearing
{
    /// <summary>True for the request with which one begins.</summary>
    public static bool Begins(HttpRequest request) =>
        !RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var range) || range.Ranges.FirstOrDefault()?.From is 0;
}
