using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace AriDialer.Web.Features.Sound;

/// <summary>The head of a WAV file: the kind of its sound, where in the file that begins, and the length that was written down for it.</summary>
internal readonly record struct WaveHead(
    int Format, int Channels, int SampleRate, uint BytesPerSecond, int BitsPerSample, long Begin, uint WrittenLength)
{
    public const int Pcm = 1;
}

/// <summary>
/// The head of a WAV file. Asterisk writes the lengths when it closes the file: where it was killed they say nothing, and a
/// browser would play nothing.
/// </summary>
internal static class WaveFile
{
    private const int RiffLength = 12;
    private const int ChunkHead = 8;
    private const int FormatLength = 16;

    /// <summary>Reads the head, and leaves the file at the begin of its sound; null for what is no such file.</summary>
    public static WaveHead? ReadHead(Stream file)
    {
        Span<byte> head = stackalloc byte[RiffLength];
        file.Position = 0;
        if (file.ReadAtLeast(head, RiffLength, throwOnEndOfStream: false) < RiffLength || !Is(head, "RIFF") || !Is(head[8..], "WAVE"))
            return null;

        WaveHead? format = null;
        while (TryReadChunk(file, head, out var length))
        {
            if (Is(head, "data"))
                return format is { BytesPerSecond: > 0 } known ? known with { Begin = file.Position, WrittenLength = length } : null;

            var next = file.Position + length + length % 2;
            if (Is(head, "fmt ") && length >= FormatLength)
                format = ReadFormat(file);
            file.Position = next;
        }

        return null;
    }

    /// <summary>Makes the lengths true, and says how long it plays; zero for what is no such file.</summary>
    public static TimeSpan Repair(FileStream file)
    {
        if (ReadHead(file) is not { } head)
            return TimeSpan.Zero;

        // The sound goes to the end of the file: nothing that Asterisk writes stands behind it.
        var length = file.Length - head.Begin;
        WriteLength(file, head.Begin - sizeof(uint), length);
        WriteLength(file, sizeof(uint), file.Length - ChunkHead);
        return TimeSpan.FromSeconds((double)length / head.BytesPerSecond);
    }

    /// <summary>Begins a file of 16-bit sound. Its lengths are made true by <see cref="Repair"/>, when all of the sound is in it.</summary>
    public static void WriteHead(Stream file, int channels, int sampleRate)
    {
        var bytesPerFrame = channels * sizeof(short);
        using var writer = new BinaryWriter(file, Encoding.ASCII, leaveOpen: true);
        writer.Write("RIFF"u8);
        writer.Write(0);
        writer.Write("WAVEfmt "u8);
        writer.Write(FormatLength);
        writer.Write((short)WaveHead.Pcm);
        writer.Write((short)channels);
        writer.Write(sampleRate);
        writer.Write(sampleRate * bytesPerFrame);
        writer.Write((short)bytesPerFrame);
        writer.Write((short)(8 * sizeof(short)));
        writer.Write("data"u8);
        writer.Write(0);
    }

    /// <summary>A whole file of 16-bit mono sound.</summary>
    public static void Write(Stream file, ReadOnlySpan<short> samples, int sampleRate)
    {
        var begin = file.Position;
        WriteHead(file, channels: 1, sampleRate);
        var sound = file.Position;
        file.Write(MemoryMarshal.AsBytes(samples));
        WriteLength(file, sound - sizeof(uint), file.Length - sound);
        WriteLength(file, begin + sizeof(uint), file.Length - begin - ChunkHead);
        file.Position = file.Length;
    }

    private static bool TryReadChunk(Stream file, Span<byte> head, out uint length)
    {
        var isThere = file.ReadAtLeast(head[..ChunkHead], ChunkHead, throwOnEndOfStream: false) == ChunkHead;
        length = isThere ? BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) : 0;
        return isThere;
    }

    private static WaveHead? ReadFormat(Stream file)
    {
        Span<byte> format = stackalloc byte[FormatLength];
        return file.ReadAtLeast(format, FormatLength, throwOnEndOfStream: false) < FormatLength
            ? null
            : new WaveHead(
                Format: BinaryPrimitives.ReadUInt16LittleEndian(format),
                Channels: BinaryPrimitives.ReadUInt16LittleEndian(format[2..]),
                SampleRate: BinaryPrimitives.ReadInt32LittleEndian(format[4..]),
                BytesPerSecond: BinaryPrimitives.ReadUInt32LittleEndian(format[8..]),
                BitsPerSample: BinaryPrimitives.ReadUInt16LittleEndian(format[14..]),
                Begin: 0,
                WrittenLength: 0);
    }

    private static void WriteLength(Stream file, long position, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Math.Min(value, uint.MaxValue));
        file.Position = position;
        file.Write(bytes);
    }

    private static bool Is(ReadOnlySpan<byte> bytes, string name) => bytes[..4].SequenceEqual(Encoding.ASCII.GetBytes(name));
}
