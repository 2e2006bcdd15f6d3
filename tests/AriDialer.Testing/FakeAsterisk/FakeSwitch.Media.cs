using System.Security.Cryptography;

namespace AriDialer.Testing;

// Channels that hear another one, and channels that hand out sound, as 22.10.1 was seen to play them.
internal sealed partial class FakeSwitch
{
    /// <summary>A channel that hears another one. It enters Stasis by itself, and its StasisEnd is the last that is told of it.</summary>
    public FakeChannel Snoop(FakeChannel spied, string id, string app)
    {
        var snoop = new FakeChannel(this, id, $"Snoop/{spied.Id}-{Channels.Count + 1:x8}", time.GetUtcNow()) { State = "Up", Spied = spied };
        Channels.Add(id, snoop);
        EnterSoon(snoop, app);
        return snoop;
    }

    /// <summary>A channel that hands out sound. It is in no application before somebody comes for that; Asterisk gives it up after 30 seconds.</summary>
    public FakeChannel MakeMedia(string id, string app)
    {
        var channel = new FakeChannel(this, id, $"WebSocket/INCOMING/{Channels.Count + 1:x8}", time.GetUtcNow())
        {
            Media = new FakeMedia(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))),
            SubscribedBy = app,
        };
        Channels.Add(id, channel);
        return channel;
    }

    public FakeChannel? FindMedia(string connectionId)
    {
        lock (Gate)
            return Channels.Values.FirstOrDefault(channel => channel.Media?.ConnectionId == connectionId);
    }

    public void AnswerMedia(FakeChannel channel)
    {
        lock (Gate)
        {
            ChangeState(channel, "Up");
            EnterSoon(channel, channel.SubscribedBy!);
        }
    }

    private void EnterSoon(FakeChannel channel, string app)
    {
        if (StasisDelay == TimeSpan.Zero)
            Enter(channel, app, "");
        else
            _ = EnterLaterAsync(channel, app, "");
    }
}
