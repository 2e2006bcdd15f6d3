using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>Messages of callers (section <c>Voicemail</c>).</summary>
internal sealed class VoicemailOptions
{
    /// <summary>After this a message ends by itself.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:30:00", ErrorMessage = "Voicemail:LongestMessage must be between ten seconds and half an hour.")]
    public TimeSpan LongestMessage { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a message that was deleted can be had back.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "30.00:00:00", ErrorMessage = "Voicemail:UndoLasts must be between ten seconds and thirty days.")]
    public TimeSpan UndoLasts { get; set; } = TimeSpan.FromHours(1);
}
