using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>How patient we are with servers that have models (section <c>Transcription:Servers</c>).</summary>
internal sealed class ModelServerOptions : IValidatableObject
{
    /// <summary>How long the words of an utterance may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the answer to a question in words may take.</summary>
    public TimeSpan ChatTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often something is asked at most.</summary>
    [Range(1, 10, ErrorMessage = "Transcription:Servers:Attempts must be from 1 to 10.")]
    public int Attempts { get; set; } = 3;

    /// <summary>The pause before the second attempt; each further one is twice as long. What the server itself asks for counts more.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Who asks for a longer pause is not waited for: it has failed.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a server is left alone that has failed again and again.</summary>
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many utterances are sent to a server at a time.</summary>
    [Range(1, 64, ErrorMessage = "Transcription:Servers:AtATime must be from 1 to 64.")]
    public int AtATime { get; set; } = 4;

    /// <summary>How many voices are heard live with a server at a time.</summary>
    [Range(0, 1000, ErrorMessage = "Transcription:Servers:LiveVoices must be from 0 to 1000.")]
    public int LiveVoices { get; set; } = 20;

    /// <summary>The same, without a second attempt.</summary>
    public ModelServerOptions Once() => new() { Timeout = Timeout, ChatTimeout = ChatTimeout, Attempts = 1, Pause = Pause, LongestPause = LongestPause, Rest = Rest };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsTimeout(Timeout) || !IsTimeout(ChatTimeout))
            yield return new ValidationResult("Transcription:Servers:Timeout and ChatTimeout must be from 00:00:00.010 to 01:00:00.");
        if (Pause < TimeSpan.Zero || LongestPause < Pause || LongestPause > TimeSpan.FromHours(1))
            yield return new ValidationResult("Transcription:Servers:Pause must not be longer than LongestPause, and that not than 01:00:00.");
        if (Rest < TimeSpan.FromMilliseconds(500) || Rest > TimeSpan.FromHours(1))
            yield return new ValidationResult("Transcription:Servers:Rest must be from 00:00:00.500 to 01:00:00.");
    }

    private static bool IsTimeout(TimeSpan time) => time >= TimeSpan.FromMilliseconds(10) && time <= TimeSpan.FromHours(1);
}
