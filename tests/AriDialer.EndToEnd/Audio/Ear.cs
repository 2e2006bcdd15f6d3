namespace AriDialer.EndToEnd.Audio;

/// <summary>Listens for what should be heard.</summary>
internal static class Ear
{
    private const int Times = 3;

    /// <summary>
    /// Something is said, and it is this and not the other. A receiver stretches and squeezes what it plays when packets come unevenly,
    /// as they do on a busy machine, and then nobody recognises it: who isn't sure listens again. What nobody said is never heard.
    /// </summary>
    public static async Task HearsAsync(Func<Task<Heard>> listen, Speech speech, Speech other)
    {
        for (var time = 1; time < Times; time++)
        {
            var heard = await listen();
            if (heard.Is(speech) || heard.Is(other))
            {
                heard.ShouldBe(speech, other);
                return;
            }
        }

        (await listen()).ShouldBe(speech, other);
    }

    /// <summary>There is music, and nothing of what anybody says.</summary>
    public static async Task HearsMusicAsync(Func<Task<Heard>> listen, params Speech[] speeches) => (await listen()).ShouldBeMusic(speeches);
}
