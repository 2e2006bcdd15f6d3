using System.Runtime.InteropServices;
using Lib = AriDialer.Web.Features.Transcription.PocketSphinx.PocketSphinxLibrary;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>
/// Understands one utterance at a time, and keeps nothing of it: what it makes of a sound doesn't depend on what it heard before.
/// </summary>
/// <remarks>
/// Left to itself the library normalises sound by what it has heard so far, or holds on until it is through with a whole utterance.
/// Here sound that is whole is normalised by its own mean before it is searched, in steps that can be cancelled; as many words are right.
/// What is still being said is normalised by a mean that its listener has.
/// </remarks>
internal sealed class PocketSphinxDecoder : IDisposable
{
    public const int FramesPerSecond = 100;

    // A tenth of a second of sound.
    public const int Step = 10;

    // The library was not written to be loaded twice at the same time.
    private static readonly Lock Loading = new();

    private readonly SphinxDecoder _decoder;
    private readonly SphinxFrontEnd _frontEnd;

    private PocketSphinxDecoder(SphinxDecoder decoder, SphinxFrontEnd frontEnd)
    {
        (_decoder, _frontEnd) = (decoder, frontEnd);
        Cepstrum = Lib.OutputSize(frontEnd);
    }

    /// <summary>False where it was left within an utterance. To end that would take up to a second; another is loaded in a quarter.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <exception cref="PocketSphinxException">The model cannot be loaded.</exception>
    public static PocketSphinxDecoder Load(PocketSphinxModel model)
    {
        lock (Loading)
        {
            using var settings = SettingsFor(model);
            var decoder = Lib.NewDecoder(settings);
            var frontEnd = Lib.NewFrontEnd(settings);
            if (!decoder.IsInvalid && !frontEnd.IsInvalid)
                return new PocketSphinxDecoder(decoder, frontEnd);

            decoder.Dispose();
            frontEnd.Dispose();
            throw new PocketSphinxException($"PocketSphinx could not load its model from {model.Folder}.");
        }
    }

    /// <summary>How many numbers a hundredth of a second has.</summary>
    public int Cepstrum { get; }

    /// <summary>The words of an utterance, with times in seconds from its own begin.</summary>
    public IReadOnlyList<TranscribedWord> Understand(short[] samples, CancellationToken cancellationToken)
    {
        Begin();
        var cepstra = CepstraOf(samples);
        var mean = new CepstralMean(Cepstrum);
        mean.Add(cepstra);
        return Understand(cepstra, mean, cancellationToken);
    }

    /// <summary>The words of an utterance's cepstra, which are normalised by this mean.</summary>
    public IReadOnlyList<TranscribedWord> Understand(float[] cepstra, CepstralMean mean, CancellationToken cancellationToken)
    {
        Start();
        for (var at = 0; at < cepstra.Length; at += Step * Cepstrum)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Search(mean.SubtractFrom(cepstra.AsSpan(at, Math.Min(Step * Cepstrum, cepstra.Length - at))));
        }

        return End();
    }

    /// <summary>Forgets the sound before.</summary>
    public void Begin()
    {
        Lib.StartStream(_frontEnd);
        Check(Lib.StartUtterance(_frontEnd));
    }

    /// <summary>The cepstra of sound that goes on, a row for each hundredth of a second that is whole.</summary>
    public float[] CepstraOf(short[] samples)
    {
        Check(Lib.ProcessUtterance(_frontEnd, samples, (nuint)samples.Length, out var cepstra, out var frames));
        using (cepstra)
        {
            var values = new float[frames * Cepstrum];
            if (frames > 0)
                Marshal.Copy(Marshal.ReadIntPtr(cepstra.DangerousGetHandle()), values, 0, values.Length);
            return values;
        }
    }

    /// <summary>Starts to search an utterance. Until it is ended, the decoder is good for nothing else.</summary>
    public void Start()
    {
        IsUsable = false;
        Check(Lib.StartUtterance(_decoder));
    }

    /// <summary>Searches on, over normalised cepstra. A tenth of a second of them takes some hundredths.</summary>
    public void Search(float[] cepstra)
    {
        var rows = GC.AllocateUninitializedArray<float>(cepstra.Length, pinned: true);
        cepstra.CopyTo(rows, 0);
        nint[] places = [.. Enumerable.Range(0, rows.Length / Cepstrum).Select(row => Marshal.UnsafeAddrOfPinnedArrayElement(rows, row * Cepstrum))];
        if (places.Length > 0)
            Check(Lib.ProcessCepstra(_decoder, places, places.Length, 0, 0));
        GC.KeepAlive(rows);
    }

    /// <summary>What it would be if nothing more came.</summary>
    public IReadOnlyList<TranscribedWord> Guess() => ReadWords(isOver: false);

    /// <summary>Ends the utterance, which is searched once more for that: it takes up to a second.</summary>
    public IReadOnlyList<TranscribedWord> End()
    {
        Check(Lib.EndUtterance(_decoder));
        IsUsable = true;
        return ReadWords(isOver: true);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _frontEnd.Dispose();
    }

    private static SphinxSettings SettingsFor(PocketSphinxModel model)
    {
        var definitions = Lib.ArgumentDefinitions();
        var settings = Lib.NewSettings(0, definitions, 0, 0);
        if (settings.IsInvalid || Lib.AddSettings(settings, definitions, model.FeatureSettings, 0) == 0)
            throw new PocketSphinxException($"PocketSphinx cannot read {model.FeatureSettings}.");

        Lib.Set(settings, "-hmm", model.Acoustic);
        Lib.Set(settings, "-dict", model.Dictionary);
        Lib.Set(settings, "-lm", model.Language);
        // Ours, see above: and it must not read the file that says otherwise once more.
        Lib.Set(settings, "-cmn", "none");
        Lib.Set(settings, "-featparams", "/dev/null");
        // It would cut pauses out, and give times as if they had not been.
        Lib.Set(settings, "-remove_silence", new CLong(0));
        return settings;
    }

    private List<TranscribedWord> ReadWords(bool isOver)
    {
        List<TranscribedWord> words = [];
        var logMath = Lib.LogMath(_decoder);
        var word = Lib.FirstWord(_decoder);
        try
        {
            for (; word != 0; word = Lib.NextWord(word))
            {
                if (SpokenWord.Of(Marshal.PtrToStringUTF8(Lib.TextOf(word))) is not { } text)
                    continue;

                Lib.FramesOf(word, out var first, out var last);
                // How likely it is among all that the sound could have been.
                var confidence = isOver ? Math.Round(Math.Clamp(Lib.Exp(logMath, Lib.ProbabilityOf(word, out _, out _, out _)), 0, 1), 3) : (double?)null;
                words.Add(new TranscribedWord(text, (double)first / FramesPerSecond, (double)(last + 1) / FramesPerSecond, confidence));
            }
        }
        finally
        {
            if (word != 0)
                Lib.FreeWord(word);
        }

        return words;
    }

    private static void Check(int result)
    {
        if (result < 0)
            throw new PocketSphinxException("PocketSphinx failed within an utterance.");
    }
}
