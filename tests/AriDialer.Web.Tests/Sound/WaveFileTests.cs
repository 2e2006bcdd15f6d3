using AriDialer.Web.Features.Sound;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Sound;

public sealed class WaveFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Repair_OfARecording_MakesItsLengthsTrue(bool isClosed)
    {
        var path = Write(Waves.Of(3, isClosed));
        Assert.Equal(TimeSpan.FromSeconds(3), Repair(path));
        Assert.Equal(Waves.Of(3), File.ReadAllBytes(path));
    }

    [Fact]
    public void Repair_WithOtherChunksBefore_FindsTheSound()
    {
        var wave = Waves.Of(2);
        byte[] file = [.. wave[..12], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. wave[12..]];
        Assert.Equal(TimeSpan.FromSeconds(2), Repair(Write(file)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(30)]
    [InlineData(43)]
    public void Repair_OfHalfAHead_IsNothing(int length) => Assert.Equal(TimeSpan.Zero, Repair(Write(Waves.Of(1)[..length])));

    [Fact]
    public void Repair_OfSomethingElse_IsNothing() =>
        Assert.Equal(TimeSpan.Zero, Repair(Write([.. Enumerable.Repeat((byte)'R', 5_000)])));

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, "sound.wav");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static TimeSpan Repair(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        return WaveFile.Repair(file);
    }
}
