using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Features.Transcription.Servers;

namespace AriDialer.Web.Features.Transcription;

/// <summary>How recordings and calls are transcribed (section <c>Transcription</c>).</summary>
internal sealed class TranscriptionEngineOptions : IValidatableObject
{
    /// <summary>How many recordings are transcribed at a time. Each takes a core, and about 100 MB while it lasts.</summary>
    [Range(1, 256, ErrorMessage = "Transcription:Decoders must be from 1 to 256.")]
    public int Decoders { get; set; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>How many voices PocketSphinx hears live at a time, besides. Each takes a quarter of a core while it speaks, and about 100 MB.</summary>
    [Range(0, 256, ErrorMessage = "Transcription:LiveVoices must be from 0 to 256.")]
    public int LiveVoices { get; set; } = Environment.ProcessorCount;

    /// <summary>What listens to calls for which an administrator has set nothing else: pocketsphinx, openai or azure.</summary>
    [RegularExpression("pocketsphinx|openai|azure", ErrorMessage = "Transcription:Engine must be pocketsphinx, openai or azure.")]
    public string Engine { get; set; } = "pocketsphinx";

    /// <summary>In which language, as a BCP 47 tag.</summary>
    [RegularExpression("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", ErrorMessage = "Transcription:Language must be a language tag, such as en-US.")]
    public string Language { get; set; } = "en-US";

    /// <summary>A file with speech, with which servers are tried out.</summary>
    public string SampleFile { get; set; } = "/usr/share/asterisk/sounds/en_US_f_Allison/all-circuits-busy-now.g722";

    public PocketSphinxOptions PocketSphinx { get; set; } = new();

    public AccountOptions OpenAI { get; set; } = new();

    public AccountOptions Azure { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, account) in new[] { (nameof(OpenAI), OpenAI), (nameof(Azure), Azure) })
        {
            if (account.BaseUrl is { Length: > 0 } address && ServerAddress.Read(address).Sentence is not null)
                yield return new ValidationResult($"Transcription:{name}:BaseUrl must be a whole address that begins with https:// or http://.");
        }
    }
}

/// <summary>Where PocketSphinx finds its model (section <c>Transcription:PocketSphinx</c>).</summary>
internal sealed class PocketSphinxOptions
{
    /// <summary>The folder that Debian's package pocketsphinx-en-us fills, or another one laid out like it.</summary>
    public string ModelFolder { get; set; } = "/usr/share/pocketsphinx/model/en-us";
}

/// <summary>
/// A server with models (sections <c>Transcription:OpenAI</c> and <c>Transcription:Azure</c>), until an administrator sets it up on the page.
/// </summary>
internal sealed class AccountOptions
{
    public bool Enabled { get; set; } = true;

    /// <summary>Null: there is none.</summary>
    public string? BaseUrl { get; set; }

    public string? Model { get; set; }

    public string? ChatModel { get; set; }

    /// <summary>One that has the realtime interface; null: sentences are sent one by one.</summary>
    public string? RealtimeModel { get; set; }

    public string? ApiKey { get; set; }
}
