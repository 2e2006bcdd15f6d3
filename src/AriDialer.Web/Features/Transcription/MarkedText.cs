namespace AriDialer.Web.Features.Transcription;

/// <summary>A piece of a snippet, and whether it is what was searched for.</summary>
internal sealed record MarkedText(string Text, bool IsHit)
{
    // The index marks its hits with these: no text has them, and a page that shows them by mistake shows nothing dangerous.
    public const char Begin = '\u0002';
    public const char End = '\u0003';

    public static IReadOnlyList<MarkedText> Of(string snippet)
    {
        List<MarkedText> parts = [];
        foreach (var piece in snippet.Split(Begin))
        {
            var end = piece.IndexOf(End, StringComparison.Ordinal);
            if (end >= 0)
                parts.Add(new MarkedText(piece[..end], true));
            if (piece[(end + 1)..] is { Length: > 0 } rest)
                parts.Add(new MarkedText(rest, false));
        }

        return parts;
    }
}
