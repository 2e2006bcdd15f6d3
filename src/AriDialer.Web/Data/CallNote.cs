namespace AriDialer.Web.Data;

/// <summary>What a person wrote about a call.</summary>
internal sealed class CallNote
{
    public const int TextLength = 2000;

    public long Id { get; set; }

    public required string CallId { get; set; }

    public required string AuthorId { get; set; }

    public AppUser? Author { get; set; }

    public required string Text { get; set; }

    public DateTimeOffset WrittenAt { get; set; }
}
