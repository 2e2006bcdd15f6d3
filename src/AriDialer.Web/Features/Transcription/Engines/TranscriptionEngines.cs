namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>The speech engines that there are, and which of them listens to which calls.</summary>
internal sealed class TranscriptionEngines(IEnumerable<ITranscriber> engines)
{
    /// <summary>Settings were saved: what listens from now on may be another engine, in another language.</summary>
    public event Action? Changed;

    public IReadOnlyList<ITranscriber> All { get; } = [.. engines];

    /// <summary>For a call with this other side. Quick, and from memory.</summary>
    /// <param name="farNumberE164">Null where it is withheld, and between people of ours.</param>
    public EngineChoice For(string? farNumberE164)
    {
        _ = farNumberE164;
        return new EngineChoice("en-US", All[0]);
    }

    /// <summary>Says that settings were saved.</summary>
    public void Announce() => Changed?.Invoke();
}
