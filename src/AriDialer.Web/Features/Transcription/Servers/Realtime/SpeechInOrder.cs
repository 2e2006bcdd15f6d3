using System.Threading.Channels;
using AriDialer.Web.Features.Transcription.Engines;

namespace AriDialer.Web.Features.Transcription.Servers.Realtime;

/// <summary>Says what was understood in the order in which it was spoken, whatever is understood first.</summary>
internal sealed class SpeechInOrder(ChannelWriter<HeardSpeech> heard)
{
    private readonly Lock _lock = new();
    private readonly Queue<SpokenTurn> _turns = [];
    private readonly Dictionary<SpokenTurn, HeardSpeech?> _over = [];
    private string _said = "";

    public void Add(SpokenTurn turn)
    {
        lock (_lock)
            _turns.Enqueue(turn);
    }

    /// <summary>There are further words of one.</summary>
    public void Hear()
    {
        lock (_lock)
            SaySoFar();
    }

    /// <summary>One is understood for good; null where it was nothing.</summary>
    public void Finish(SpokenTurn turn, HeardSpeech? speech)
    {
        lock (_lock)
        {
            _over[turn] = speech;
            while (_turns.TryPeek(out var first) && _over.Remove(first, out var said))
            {
                _turns.Dequeue();
                if (said is not null)
                    heard.TryWrite(said);
                else if (_said.Length > 0)
                    heard.TryWrite(new HeardSpeech(false, new TranscribedSegment(0, 0, "", null, [])));
                _said = "";
            }

            SaySoFar();
        }
    }

    private void SaySoFar()
    {
        if (_turns.TryPeek(out var first) && first.SoFar is { } segment && segment.Text != _said)
        {
            _said = segment.Text;
            heard.TryWrite(new HeardSpeech(false, segment));
        }
    }
}
