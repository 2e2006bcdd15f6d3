using System.Diagnostics;
using AriDialer.Web.Features.Recording.Audio;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static AriDialer.Web.Features.Recording.Audio.RecordingSide;

namespace AriDialer.Web.Tests.Recording.Audio;

/// <summary>ffmpeg may be absent, fail, hang or be cut short: a recording is kept whatever it does, and nothing of it is left.</summary>
public sealed class FfmpegTests : IDisposable
{
    private readonly TrackFolder _call = new();
    private readonly short[] _agent = Signals.Chirp(2, 300, 3_000);

    public FfmpegTests()
    {
        _call.Add(Left, 0, _agent);
        _call.Add(Right, 1, _agent);
    }

    private string Asked => _call.At("asked");

    public void Dispose() => _call.Dispose();

    [Fact]
    public async Task Absent_TheRecordingIsKeptAsWav() => await AssertKeptAsWavAsync("/nonexistent/ffmpeg");

    [Theory]
    // It knows no Opus; it ends at once; it ends well without having done anything; it ends having read all.
    [InlineData("exit 0", "exit 0")]
    [InlineData("echo Encoder libopus", "echo 'Disk is full' >&2; exit 1")]
    [InlineData("echo Encoder libopus", "cat > /dev/null")]
    [InlineData("echo Encoder libopus", "cat > /dev/null; exit 1")]
    public async Task Failing_TheRecordingIsKeptAsWav(string answer, string work) => await AssertKeptAsWavAsync(Script(answer, work));

    [Fact]
    public async Task Hanging_ItIsEndedAndTheRecordingIsKeptAsWav()
    {
        var time = new FakeTimeProvider();
        // Longer than what fits into a pipe: the write to it waits as well.
        _call.Add(Right, 0, Signals.Noise(20, seed: 5));
        var joining = _call.JoinAsync(Script("echo Encoder libopus", "touch \"$0.hangs\"; sleep 1000; true"), time);
        await UntilAsync(() => File.Exists(_call.At("program.hangs")));

        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("audio/wav", (await joining).ContentType);
        Assert.Empty(ProcessesOf("program"));
    }

    [Fact]
    public async Task Cancelled_LeavesNeitherAProcessNorAFile()
    {
        for (var i = 0; i < 60; i++)
            _call.Add(Left, 10 * i, Signals.Noise(10, seed: i));
        using var cancel = new CancellationTokenSource();
        var joining = _call.TryJoinAsync(cancel: cancel.Token);
        await UntilAsync(() => ProcessesOf("recording.part").Any());

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joining);
        Assert.Empty(ProcessesOf("recording.part"));
        Assert.Empty(Directory.GetFiles(_call.Target));
    }

    [Fact]
    public async Task WhetherItIsThere_IsAskedOnce()
    {
        var joiner = TrackFolder.Joiner(Script("echo Encoder libopus", "exit 1"));
        for (var i = 0; i < 3; i++)
            await joiner.JoinAsync(_call.Tracks, [], _call.Target, TestContext.Current.CancellationToken);

        Assert.Single(await File.ReadAllLinesAsync(Asked, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WhetherItIsThere_IsTold()
    {
        Assert.True(await Of("ffmpeg").IsThereAsync());
        Assert.False(await Of("/nonexistent/ffmpeg").IsThereAsync());
        Assert.False(await Of("true").IsThereAsync());
    }

    [Fact]
    public async Task WhichOneItIs_TheSettingsTell()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("RecordingAudio:Ffmpeg", "/nonexistent/ffmpeg")]).Build();
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(settings).AddSingleton(TimeProvider.System).AddLogging().AddRecordingAudio().BuildServiceProvider();

        var joined = await services.GetRequiredService<RecordingJoiner>()
            .JoinAsync(_call.Tracks, [], _call.Target, TestContext.Current.CancellationToken);

        Assert.Equal("audio/wav", joined?.ContentType);
    }

    private static Ffmpeg Of(string program) =>
        new(Options.Create(new RecordingAudioOptions { Ffmpeg = program }), TimeProvider.System, NullLogger<Ffmpeg>.Instance);

    private async Task AssertKeptAsWavAsync(string program)
    {
        var joined = await _call.JoinAsync(program);

        Assert.Equal("audio/wav", joined.ContentType);
        Assert.Equal(TimeSpan.FromSeconds(3), joined.Duration);
        Assert.False(joined.IsPartial);
        var sound = await StereoSound.DecodeAsync(joined.Path);
        Assert.Equal([.. _agent, .. Signals.Silence(1)], sound.Left);
        Assert.Equal([.. Signals.Silence(1), .. _agent], sound.Right);
        Assert.StartsWith("pcm_s16le,2", await StereoSound.ProbeAsync(joined.Path), StringComparison.Ordinal);
    }

    // A program in ffmpeg's place: what it says when it is asked for its encoders, and what it does with sound.
    private string Script(string answer, string work)
    {
        var path = _call.At("program");
        File.WriteAllText(_call.At("text"), $"#!/bin/sh\ncase \"$*\" in *encoder=*) echo asked >> '{Asked}'; {answer};; *) {work};; esac\n");
        // Written by another process: one that this process had open for writing might be "busy" when it is started.
        using var install = Process.Start("install", ["-m", "700", _call.At("text"), path]);
        install.WaitForExit();
        return path;
    }

    private IEnumerable<int> ProcessesOf(string name) => Process.GetProcesses().Select(process => process.Id).Where(id =>
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains(Path.GetDirectoryName(_call.Target)!, StringComparison.Ordinal)
                && File.ReadAllText($"/proc/{id}/cmdline").Contains(name, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 400 && !isSo(); i++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.True(isSo());
    }
}
