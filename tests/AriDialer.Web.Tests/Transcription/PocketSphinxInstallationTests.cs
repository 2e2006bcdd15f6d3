using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.PocketSphinx;
using AriDialer.Web.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>Whether calls can be transcribed on this machine, and if not, what to install.</summary>
public sealed class PocketSphinxInstallationTests
{
    private static readonly string Debian = new PocketSphinxOptions().ModelFolder;

    [Fact]
    public void Installed_IsThere()
    {
        Assert.True(Of(Debian).IsThere);
        Assert.Null(Of(Debian).Missing);
    }

    [Fact]
    public void LibraryMissing_SaysWhichPackageHasIt()
    {
        var installation = Of(Debian, "libnosuchsphinx.so.3");

        Assert.False(installation.IsThere);
        Assert.Equal(
            "Calls are not transcribed: the speech engine PocketSphinx is not installed. Debian's package libpocketsphinx3 has it.",
            installation.Missing);
    }

    [Fact]
    public void ModelMissing_SaysWhichFileAndWhichPackageHasIt()
    {
        var installation = Of("/nonexistent");

        Assert.False(installation.IsThere);
        Assert.Equal(
            "Calls are not transcribed: PocketSphinx has no model, for there is no /nonexistent/en-us/feat.params. "
            + "Debian's package pocketsphinx-en-us has one.",
            installation.Missing);
    }

    [Fact]
    public void ModelWithAnEmptyFile_IsNotThere()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "en-us"));
        foreach (var file in Directory.GetFiles(Debian, "*", SearchOption.AllDirectories))
            File.WriteAllText(Path.Combine(folder.Path, Path.GetRelativePath(Debian, file)), "some");
        Assert.True(Of(folder.Path).IsThere);
        File.WriteAllText(Path.Combine(folder.Path, "en-us.lm.bin"), "");

        Assert.EndsWith("/en-us.lm.bin. Debian's package pocketsphinx-en-us has one.", Of(folder.Path).Missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_TellWhereTheModelIsAndHowManyDecodersThereAre()
    {
        using var data = new TempFolder();
        Dictionary<string, string?> settings = new()
        {
            ["Data:Directory"] = data.Path,
            ["Transcription:PocketSphinx:ModelFolder"] = "/some/model",
            ["Transcription:Decoders"] = "3",
        };
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton(TimeProvider.System).AddLogging().AddRecordingStorage().AddRecordingAudio().AddTranscriptionEngine();
        services.AddData();
        await using var built = services.BuildServiceProvider();

        Assert.NotNull(built.GetRequiredService<RecordingTranscriber>());
        Assert.Equal(3, built.GetRequiredService<DecoderPool>().Free);
        Assert.Contains("/some/model/en-us/", built.GetRequiredService<PocketSphinxTranscriber>().State.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read(2)", "read")]
    [InlineData("i'm", "i'm")]
    [InlineData("<s>", null)]
    [InlineData("<sil>", null)]
    [InlineData("[NOISE]", null)]
    [InlineData("++COUGH++", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Word_IsWrittenAsPeopleDo(string? entry, string? word) => Assert.Equal(word, SpokenWord.Of(entry));

    private static PocketSphinxInstallation Of(string modelFolder, string library = PocketSphinxLibrary.Recogniser) => new(
        Options.Create(new TranscriptionEngineOptions { PocketSphinx = new PocketSphinxOptions { ModelFolder = modelFolder } }),
        library, NullLogger<PocketSphinxInstallation>.Instance);
}
