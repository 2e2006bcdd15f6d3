using System.Runtime.InteropServices;
using System.Text.Json;

namespace AriDialer.Web.Features.Transcription.Servers.Realtime;

/// <summary>What is said to a server on its realtime interface, and where that is: as OpenAI and Azure document it today.</summary>
internal static class RealtimeRequest
{
    /// <summary>Where an account's server has it. The model is not named there: that would be a conversation. The key neither.</summary>
    public static Uri AddressOf(ModelAccount account)
    {
        var address = new UriBuilder(account.Address!);
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        address.Path = address.Path.TrimEnd('/') + (account.Kind == ServerKind.Azure ? "/openai/v1/realtime" : "/realtime");
        address.Query = "?intent=transcription";
        return address.Uri;
    }

    /// <summary>
    /// How to listen. We say where a sentence ends, as not all of these models can; so silence need not be sent, and a sentence's times are
    /// those of our own sound.
    /// </summary>
    public static byte[] SetUp(string? model, string language) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = "session.update",
        session = new
        {
            type = "transcription",
            audio = new
            {
                input = new
                {
                    format = new { type = "audio/pcm", rate = RateRaiser.Rate },
                    transcription = new { model, language = language.Split('-')[0] },
                    turn_detection = (object?)null,
                },
            },
        },
    });

    /// <summary>More sound of a sentence.</summary>
    public static byte[] Append(string id, short[] samples) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = "input_audio_buffer.append",
        event_id = id,
        audio = Convert.ToBase64String(MemoryMarshal.AsBytes<short>(samples)),
    });

    /// <summary>The sentence is over.</summary>
    public static byte[] Commit(string id) => JsonSerializer.SerializeToUtf8Bytes(new { type = "input_audio_buffer.commit", event_id = id });
}
