namespace AriDialer.EndToEnd.Audio;

/// <summary>ITU-T G.711 µ-law.</summary>
internal static class MuLaw
{
    private const int Bias = 0x84;
    private const int Clip = 32635;

    public static byte Encode(short sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), Clip) + Bias;
        var exponent = 7;
        for (var mask = 0x4000; (magnitude & mask) == 0 && exponent > 0; mask >>= 1)
            exponent--;
        return (byte)~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F));
    }

    public static short Decode(byte code)
    {
        code = (byte)~code;
        var exponent = (code >> 4) & 7;
        var magnitude = ((((code & 0x0F) << 3) + Bias) << exponent) - Bias;
        return (short)((code & 0x80) != 0 ? -magnitude : magnitude);
    }
}
