using System.Buffers.Binary;
using System.Text;

namespace AriDialer.EndToEnd.Audio;

/// <summary>Reads keys out of RTP packets as RFC 4733 carries them: many packets a key, which share the time when it was pressed.</summary>
internal sealed class TelephoneEvents
{
    private const int PayloadType = 101;
    private const int Header = 12;
    private const string Names = "0123456789*#ABCD";
    private readonly StringBuilder _pressed = new();
    private uint? _last;

    public string Pressed
    {
        get
        {
            lock (_pressed)
                return _pressed.ToString();
        }
    }

    public void Take(byte[] packet)
    {
        if (packet.Length < Header + 4 || (packet[1] & 0x7F) != PayloadType || packet[Header] >= Names.Length)
            return;
        var at = BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4));
        if (at == _last)
            return;
        _last = at;
        lock (_pressed)
            _pressed.Append(Names[packet[Header]]);
    }
}
