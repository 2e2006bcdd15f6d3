using System.Diagnostics;
using AriDialer.Testing.Speech;
using AriDialer.Web.Tests.Recording.Audio;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>Decoders are shared, come back whatever happened to them, and don't stay for ever.</summary>
public sealed class DecoderPoolTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Used_ComesBackAndIsUsedAgain()
    {
        using var rig = new TranscriptionRig();
        var first = await rig.Pool.RentAsync(Cancellation);
        var decoder = first.Decoder;
        Assert.Equal(0, rig.Pool.Free);

        first.Dispose();
        first.Dispose();

        Assert.Equal((1, 1), (rig.Pool.Free, rig.Pool.Loaded));
        using var second = await rig.Pool.RentAsync(Cancellation);
        Assert.Same(decoder, second.Decoder);
    }

    [Fact]
    public async Task AllInUse_TheNextWaits()
    {
        using var rig = new TranscriptionRig(decoders: 1);
        var first = await rig.Pool.RentAsync(Cancellation);
        var second = rig.Pool.RentAsync(Cancellation);
        await Task.Delay(50, Cancellation);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
        Assert.Equal(1, rig.Pool.Free);
    }

    [Fact]
    public async Task CancelledWithinAnUtterance_EndsAtOnceAndTheNextOneWorks()
    {
        using var rig = new TranscriptionRig();
        var sound = await new Prompt("vm-options").SamplesAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var rented = await rig.Pool.RentAsync(Cancellation);
        var decoder = rented.Decoder;
        var work = Task.Run(() => decoder.Understand(sound, cancel.Token), Cancellation);
        await Task.Delay(200, Cancellation);
        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);

        Assert.InRange(clock.ElapsedMilliseconds, 0, 500);
        Assert.False(decoder.IsUsable);
        rented.Dispose();
        Assert.Equal((1, 0), (rig.Pool.Free, rig.Pool.Loaded));
        Assert.NotEmpty(await rig.TranscribeAsync(await new Prompt("all-circuits-busy-now").SamplesAsync()));
    }

    [Fact]
    public async Task TranscriptionCancelledOrLeft_GivesItsDecoderBack()
    {
        using var rig = new TranscriptionRig();
        var sound = TranscriptionRig.Join(await new Prompt("all-circuits-busy-now").SamplesAsync(), Signals.Silence(1), await new Prompt("vm-options").SamplesAsync());
        await foreach (var _ in rig.Engine.TranscribeAsync(TranscriptionRig.Pcm(sound), 1, TranscriptionRig.Language, Cancellation))
        {
            break;
        }

        Assert.Equal((1, 1), (rig.Pool.Free, rig.Pool.Loaded));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in rig.Engine.TranscribeAsync(TranscriptionRig.Pcm(sound), 1, TranscriptionRig.Language, cancel.Token))
            {
                cancel.CancelAfter(50);
            }
        });
        Assert.Equal(1, rig.Pool.Free);
    }

    [Fact]
    public async Task NotNeededForAWhile_IsLetGo()
    {
        var time = new FakeTimeProvider();
        using var rig = new TranscriptionRig(time: time);
        (await rig.Pool.RentAsync(Cancellation)).Dispose();
        time.Advance(TimeSpan.FromMinutes(1.9));
        Assert.Equal(1, rig.Pool.Loaded);

        time.Advance(TimeSpan.FromMinutes(0.2));

        Assert.Equal((1, 0), (rig.Pool.Free, rig.Pool.Loaded));
    }

    [Fact]
    public async Task AppEnds_WhatIsInUseGoesWhenItComesBack()
    {
        var rig = new TranscriptionRig();
        var rented = await rig.Pool.RentAsync(Cancellation);
        rig.Dispose();
        rented.Dispose();

        Assert.Equal(0, rig.Pool.Loaded);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => rig.Pool.RentAsync(Cancellation));
    }
}
