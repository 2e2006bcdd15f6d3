namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>The speech engines that there are, and which of them listens to which calls.</summary>
internal sealed class TranscriptionEngines
{
    private readonly EngineSettings _settings;

    public TranscriptionEngines(IEnumerable<ITranscriber> engines, EngineSettings settings)
    {
        (All, _settings) = ([.. engines], settings);
        settings.Changed += () => Changed?.Invoke();
    }

    /// <summary>Settings were saved: what listens from now on may be another engine, in another language.</summary>
    public event Action? Changed;

    public IReadOnlyList<ITranscriber> All { get; }

    /// <summary>For a call with this other side. Quick, and from memory.</summary>
    /// <param name="farNumberE164">Null where it is withheld, and between people of ours.</param>
    public EngineChoice For(string? farNumberE164)
    {
        var rule = _settings.For(farNumberE164);
        return new EngineChoice(rule.Language, Find(rule.EngineId));
    }

    /// <summary>By its id. One that isn't there any more is the first, which is on this machine: no sound goes where nobody wanted it.</summary>
    public ITranscriber Find(string id) => All.FirstOrDefault(engine => engine.Id == id) ?? All[0];
}
