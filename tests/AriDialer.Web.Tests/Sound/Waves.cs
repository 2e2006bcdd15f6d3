using System.Text;

namespace AriDialer.Web.Tests.Sound;

/// <summary>WAV files as Asterisk writes them: 8 kHz, 16 bits, one channel.</summary>
internal static class Waves
{
    public static byte[] Of(double seconds, bool isClosed = true)
    {
        var sound = new byte[(int)(seconds * 16_000)];
        for (var i = 0; i < sound.Length; i++)
        {
            sound[i] = (byte)i;
        }

        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(Encoding.ASCII.GetBytes("RIFF"));
        writer.Write(isClosed ? 36 + sound.Length : 0);
        writer.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8_000);
        writer.Write(16_000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write(Encoding.ASCII.GetBytes("data"));
        writer.Write(isClosed ? sound.Length : 0);
        writer.Write(sound);
        return file.ToArray();
    }
}
