using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>Messages of callers (section <c>Voicemail</c>).</summary>
internal sealed class VoicemailOptions
{
    /// <summary>After this a message ends by itself.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:30:00", ErrorMessage = "Voicemail:LongestMessage must be between ten seconds and half an hour.")]
    public TimeSpan LongestMessage { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How many messages a person's mailbox takes; those that were deleted do not count, though they can be had back.</summary>
    [Range(1, 10_000, ErrorMessage = "Voicemail:MostMessages must be between 1 and 10000.")]
    public int MostMessages { get; set; } = 100;

    /// <summary>With less than this free on the disk of the data directory, in bytes, no mailbox takes a message.</summary>
    [Range(0, long.MaxValue, ErrorMessage = "Voicemail:LeastFreeBytes must not be negative.")]
    public long LeastFreeBytes { get; set; } = 500_000_000;

    /// <summary>How long a message that was deleted can be had back.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "30.00:00:00", ErrorMessage = "Voicemail:UndoLasts must be between ten seconds and thirty days.")]
    public TimeSpan UndoLasts { get; set; } = TimeSpan.FromHours(1);
}
