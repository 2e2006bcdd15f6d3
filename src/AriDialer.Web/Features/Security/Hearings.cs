using Microsoft.Net.Http.Headers;

namespace AriDialer.Web.Features.Security;

/// <summary>
/// Has each hearing of a sound written down once: a player asks for many parts of it while one listens and jumps. What can be the whole
/// sound is always a hearing; a part from its midst is none while the hearing that it belongs to was written down lately.
/// </summary>
internal sealed class Hearings(TimeProvider time)
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string UserId, string SoundId), DateTimeOffset> _written = [];

    /// <summary>Has it written down where the request begins a hearing; a hearing that could not be written counts as none.</summary>
    /// <param name="request">What asks for the sound.</param>
    /// <param name="userId">Who hears.</param>
    /// <param name="soundId">What is heard: the recording's id, or the message's.</param>
    /// <param name="write">Writes it into the audit log.</param>
    public async Task NoteAsync(HttpRequest request, string userId, string soundId, Func<Task> write)
    {
        if (IsFromTheMidst(request) && IsWritten((userId, soundId)))
            return;

        await write();
        Keep((userId, soundId));
    }

    // Of several ranges, and of one that cannot be read, the framework serves the whole; a range without a beginning is the end, however long.
    private static bool IsFromTheMidst(HttpRequest request) =>
        RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var range) && range.Ranges is { Count: 1 } ranges && ranges.First().From is > 0;

    private bool IsWritten((string UserId, string SoundId) hearing)
    {
        lock (_lock)
        {
            return _written.TryGetValue(hearing, out var at) && time.GetUtcNow() - at < Lasts;
        }
    }

    private void Keep((string UserId, string SoundId) hearing)
    {
        lock (_lock)
        {
            if (_written.Count >= MostKept)
                Forget();
            _written[hearing] = time.GetUtcNow();
        }
    }

    // What is forgotten is at worst written down once more.
    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (hearing, at) in _written)
        {
            if (now - at >= Lasts)
                _written.Remove(hearing);
        }

        if (_written.Count >= MostKept)
            _written.Clear();
    }
}
