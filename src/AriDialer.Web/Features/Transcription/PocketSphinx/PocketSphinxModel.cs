namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>The files of a model: how sounds sound, how words are pronounced, and which words follow which.</summary>
internal sealed class PocketSphinxModel(string folder)
{
    private static readonly string[] AcousticFiles = ["feat.params", "mdef", "means", "variances", "transition_matrices", "sendump", "noisedict"];

    public string Folder => folder;

    public string Acoustic => Path.Combine(folder, "en-us");

    public string FeatureSettings => Path.Combine(Acoustic, "feat.params");

    public string Dictionary => Path.Combine(folder, "cmudict-en-us.dict");

    public string Language => Path.Combine(folder, "en-us.lm.bin");

    /// <summary>The first of its files that isn't there, or is empty. The library would end this program where it cannot read one.</summary>
    public string? FindMissing() => AcousticFiles.Select(name => Path.Combine(Acoustic, name)).Append(Dictionary).Append(Language)
        .FirstOrDefault(path => new FileInfo(path) is not { Exists: true, Length: > 0 });
}
