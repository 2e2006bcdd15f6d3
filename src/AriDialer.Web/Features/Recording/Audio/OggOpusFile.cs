using System.Buffers.Binary;

namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>
/// The frame of an Opus file. ffmpeg codes two channels apart only as "discrete" ones (mapping family 255), which players other
/// than browsers need not play (RFC 7845, 5.1.1). Family 1 says that they are left and right, of the very same sound.
/// </summary>
internal static class OggOpusFile
{
    private const int PageHead = 27;
    private const int GranuleAt = 6;
    private const int CheckAt = 22;
    private const int SegmentsAt = 26;
    private const int ChannelsAt = 9;
    private const int FamilyAt = 18;
    private const int HeadLength = 23;
    private const byte Discrete = 255;
    private const byte Stereo = 1;
    private const byte LastPage = 4;
    private const int OpusRate = 48_000;

    // A page's longest.
    private const int Tail = PageHead + 255 + 255 * 255;

    /// <summary>Declares the two channels left and right.</summary>
    /// <returns>False for what is no such file.</returns>
    public static bool TryDeclareStereo(FileStream file)
    {
        var page = new byte[PageHead + 1 + HeadLength];
        file.Position = 0;
        if (file.ReadAtLeast(page, page.Length, throwOnEndOfStream: false) < page.Length || !page.AsSpan().StartsWith("OggS"u8))
            return false;

        var head = page.AsSpan(PageHead + 1);
        if (page[SegmentsAt] != 1 || page[PageHead] != HeadLength || !head.StartsWith("OpusHead"u8)
            || head[ChannelsAt] != 2 || head[FamilyAt] != Discrete)
            return false;

        head[FamilyAt] = Stereo;
        page.AsSpan(CheckAt, sizeof(uint)).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(CheckAt), Checksum(page));
        file.Position = 0;
        file.Write(page);
        return true;
    }

    /// <summary>Whether the file has its last page, and it plays as long as it should.</summary>
    public static bool IsWhole(FileStream file, TimeSpan duration)
    {
        var tail = new byte[Math.Min(Tail, file.Length)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("OggS"u8);
        if (at < 0 || tail.Length - at < PageHead)
            return false;

        var page = tail.AsSpan(at);
        var plays = BinaryPrimitives.ReadInt64LittleEndian(page[GranuleAt..]);
        return (page[5] & LastPage) != 0 && plays >= (long)(duration.TotalSeconds * OpusRate);
    }

    // Ogg's own: no library has it, as it is the one CRC-32 that is not reflected.
    private static uint Checksum(ReadOnlySpan<byte> page)
    {
        var check = 0u;
        foreach (var value in page)
        {
            check ^= (uint)value << 24;
            for (var bit = 0; bit < 8; bit++)
                check = (check & 0x8000_0000) == 0 ? check << 1 : (check << 1) ^ 0x04C1_1DB7;
        }

        return check;
    }
}
