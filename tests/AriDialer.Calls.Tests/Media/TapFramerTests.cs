using System.Buffers.Binary;
using AriDialer.Calls.Media;

namespace AriDialer.Calls.Tests.Media;

public sealed class TapFramerTests
{
    [Theory]
    [InlineData(640)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(641)]
    [InlineData(2000)]
    public void Take_PiecesOfAnyLength_GiveTheSameFrames(int size)
    {
        var framer = new TapFramer();
        var bytes = Count(320 * 20);
        for (var at = 0; at < bytes.Length; at += size)
        {
            var end = Math.Min(bytes.Length, at + size);
            framer.Take(bytes.AsSpan(at..end), endOfMessage: end == bytes.Length);
        }

        Assert.Equal(Enumerable.Range(0, 320 * 20).Select(n => (short)n), Frames(framer).SelectMany(frame => frame));
    }

    [Fact]
    public void Take_MessagesShorterThanAFrame_AreJoined()
    {
        var framer = new TapFramer();
        var bytes = Count(640);
        for (var at = 0; at < bytes.Length; at += 160)
        {
            framer.Take(bytes.AsSpan(at, 160), endOfMessage: true);
        }

        Assert.Equal(Enumerable.Range(0, 640).Select(n => (short)n), Frames(framer).SelectMany(frame => frame));
    }

    [Fact]
    public void Take_HalfASampleAtTheEndOfAMessage_DoesNotShiftTheNext()
    {
        var framer = new TapFramer();
        framer.Take([1], endOfMessage: true);
        framer.Take(Count(320), endOfMessage: true);
        Assert.Equal(Enumerable.Range(0, 320).Select(n => (short)n), Assert.Single(Frames(framer)));
    }

    [Fact]
    public void Take_AbsurdlyLongMessage_IsCutAndTheNextIsWhole()
    {
        var framer = new TapFramer();
        for (var piece = 0; piece < 1000; piece++)
        {
            framer.Take(new byte[4096], endOfMessage: piece == 999);
        }

        Assert.Equal(100, Frames(framer).Count);
        framer.Take(Count(320), endOfMessage: true);
        Assert.Equal(Enumerable.Range(0, 320).Select(n => (short)n), Assert.Single(Frames(framer)));
    }

    [Fact]
    public void Silence_InTheMiddleOfAFrame_LeavesNothingOfWhatWasSaid()
    {
        var framer = new TapFramer();
        framer.Take(Enumerable.Repeat((byte)77, 300).ToArray(), endOfMessage: true);
        framer.Silence();
        framer.Take(new byte[340], endOfMessage: true);
        Assert.All(Assert.Single(Frames(framer)), sample => Assert.Equal(0, sample));
    }

    private static byte[] Count(int samples)
    {
        var bytes = new byte[samples * 2];
        for (var n = 0; n < samples; n++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(n * 2), (short)n);
        }

        return bytes;
    }

    private static List<short[]> Frames(TapFramer framer)
    {
        List<short[]> frames = [];
        while (framer.TryTake(out var samples))
        {
            frames.Add(samples);
        }

        return frames;
    }
}
