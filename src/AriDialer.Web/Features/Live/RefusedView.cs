namespace AriDialer.Web.Features.Live;

/// <summary>Calls that were refused because more came than can be served.</summary>
/// <param name="Sentence">How many, in words, for people; null where there is no news of any.</param>
/// <param name="LastAt">When the last was; null where there is no news.</param>
internal sealed record RefusedView(string? Sentence, DateTimeOffset? LastAt)
{
    private static readonly TimeSpan IsNewsFor = TimeSpan.FromDays(1);

    public static RefusedView Nothing { get; } = new(null, null);

    public static RefusedView Of((long Count, DateTimeOffset LastAt) refused, DateTimeOffset now) =>
        refused.Count == 0 || now - refused.LastAt >= IsNewsFor
            ? Nothing
            : new RefusedView(
                $"{(refused.Count == 1 ? "One call was" : $"{refused.Count} calls were")} refused since AriDialer was started, because more came than can be served. The last:",
                refused.LastAt);
}
