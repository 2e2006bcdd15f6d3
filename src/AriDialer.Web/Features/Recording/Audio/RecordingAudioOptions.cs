using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>How recordings are kept (section <c>RecordingAudio</c>).</summary>
internal sealed class RecordingAudioOptions
{
    /// <summary>The program that compresses them.</summary>
    [Required(ErrorMessage = "RecordingAudio:Ffmpeg must name a program.")]
    public string Ffmpeg { get; set; } = "ffmpeg";
}
