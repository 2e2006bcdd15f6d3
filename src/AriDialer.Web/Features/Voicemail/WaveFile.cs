using System.Buffers.Binary;
using System.Text;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>
/// The head of a WAV file. Asterisk writes the lengths when it closes the file: where it was killed they say nothing, and a
/// browser would play nothing.
/// </summary>
internal static class WaveFile
{
    private const int RiffLength = 12;
    private const int ChunkHead = 8;
    private const int FormatLength = 16;

    /// <summary>Makes the lengths true, and says how long it plays; zero for what is no such file.</summary>
    public static TimeSpan Repair(FileStream file)
    {
        Span<byte> head = stackalloc byte[RiffLength];
        file.Position = 0;
        if (file.ReadAtLeast(head, RiffLength, throwOnEndOfStream: false) < RiffLength || !Is(head, "RIFF") || !Is(head[8..], "WAVE"))
            return TimeSpan.Zero;

        var bytesPerSecond = 0u;
        while (TryReadChunk(file, head, out var length))
        {
            if (Is(head, "data"))
                return bytesPerSecond == 0 ? TimeSpan.Zero : EndAt(file, bytesPerSecond);

            var next = file.Position + length + length % 2;
            if (Is(head, "fmt ") && length >= FormatLength)
                bytesPerSecond = ReadBytesPerSecond(file);
            file.Position = next;
        }

        return TimeSpan.Zero;
    }

    private static bool TryReadChunk(FileStream file, Span<byte> head, out uint length)
    {
        var isThere = file.ReadAtLeast(head[..ChunkHead], ChunkHead, throwOnEndOfStream: false) == ChunkHead;
        length = isThere ? BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) : 0;
        return isThere;
    }

    private static uint ReadBytesPerSecond(FileStream file)
    {
        Span<byte> format = stackalloc byte[FormatLength];
        return file.ReadAtLeast(format, FormatLength, throwOnEndOfStream: false) == FormatLength
            ? BinaryPrimitives.ReadUInt32LittleEndian(format[8..])
            : 0;
    }

    // The sound goes to the end of the file: nothing that Asterisk writes stands behind it.
    private static TimeSpan EndAt(FileStream file, uint bytesPerSecond)
    {
        var begin = file.Position;
        var length = file.Length - begin;
        Write(file, begin - sizeof(uint), length);
        Write(file, sizeof(uint), file.Length - ChunkHead);
        return TimeSpan.FromSeconds((double)length / bytesPerSecond);
    }

    private static void Write(FileStream file, long position, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Math.Min(value, uint.MaxValue));
        file.Position = position;
        file.Write(bytes);
    }

    private static bool Is(ReadOnlySpan<byte> bytes, string name) => bytes[..4].SequenceEqual(Encoding.ASCII.GetBytes(name));
}
