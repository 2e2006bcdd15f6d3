using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using AriDialer.Testing;

namespace AriDialer.EndToEnd.House;

/// <summary>Asterisk's REST interface without any code of the product in between: what it says is what is so.</summary>
internal sealed class RawAri : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _events;

    public RawAri(RealAsterisk asterisk)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{asterisk.Username}:{asterisk.Password}"));
        _http = new HttpClient { BaseAddress = new Uri(asterisk.AriUrl, "/ari/"), Timeout = TimeSpan.FromSeconds(5) };
        _events = new Uri($"ws://127.0.0.1:{asterisk.HttpPort}/ari/events?api_key={asterisk.Username}:{Uri.EscapeDataString(asterisk.Password)}&app=");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    }

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await _http.GetStringAsync(path));

    /// <summary>Null where Asterisk has no such thing.</summary>
    public async Task<JsonElement?> FindAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return answer.IsSuccessStatusCode ? JsonElement.Parse(await answer.Content.ReadAsStringAsync()) : null;
    }

    public async Task SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        using var answer = await _http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Puts a channel into a bridge. One that was just created may still be on its way into Stasis (422), and is waited for.</summary>
    public Task AddToBridgeAsync(string bridge, string channel) => Eventually.TrueAsync(
        async () => (await _http.PostAsync($"bridges/{bridge}/addChannel?channel={channel}", null)).IsSuccessStatusCode,
        () => $"{channel} does not go into {bridge}.");

    /// <summary>Dials a channel. One that was just created may still be on its way into Stasis (409), and is waited for.</summary>
    public Task DialAsync(string channel) => Eventually.TrueAsync(
        async () => (await _http.PostAsync($"channels/{channel}/dial", null)).IsSuccessStatusCode, () => $"{channel} cannot be dialled.");

    /// <summary>Removes every channel and bridge, and waits until they are gone; what goes by itself meanwhile is as good.</summary>
    public async Task ClearAsync()
    {
        IReadOnlyList<string> channels = [], bridges = [];
        await Eventually.TrueAsync(
            async () =>
            {
                foreach (var channel in channels = await ChannelsAsync())
                    (await _http.DeleteAsync($"channels/{channel.Split(' ')[0]}")).Dispose();
                foreach (var bridge in bridges = await BridgesAsync())
                    (await _http.DeleteAsync($"bridges/{bridge}")).Dispose();
                return (channels.Count, bridges.Count) == (0, 0);
            },
            () => $"Asterisk keeps {string.Join(", ", [.. channels, .. bridges])}");
    }

    /// <summary>Is an application of this name, for as long as the socket is open.</summary>
    public async Task<ClientWebSocket> BeAppAsync(string name)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(_events + name), CancellationToken.None);
        return socket;
    }

    /// <summary>Makes or changes a PJSIP object.</summary>
    public Task PutAsync(string type, string id, params (string Attribute, string Value)[] fields) => SendAsync(
        HttpMethod.Put, $"asterisk/config/dynamic/res_pjsip/{type}/{id}",
        new { fields = fields.Select(field => new { attribute = field.Attribute, value = field.Value }) });

    public async Task<IReadOnlyList<string>> ChannelsAsync() =>
        [.. (await GetAsync("channels")).EnumerateArray().Select(channel => $"{channel.GetProperty("id")} {channel.GetProperty("name")} {channel.GetProperty("state")}")];

    public async Task<IReadOnlyList<string>> BridgesAsync() =>
        [.. (await GetAsync("bridges")).EnumerateArray().Select(bridge => bridge.GetProperty("id").GetString()!)];

    /// <summary>The names of the recordings that Asterisk keeps.</summary>
    public async Task<IReadOnlyList<string>> RecordingsAsync() =>
        [.. (await GetAsync("recordings/stored")).EnumerateArray().Select(recording => recording.GetProperty("name").GetString()!)];

    public Task<byte[]> RecordingAsync(string name) => _http.GetByteArrayAsync($"recordings/stored/{name}/file");

    public async Task<string> GlobalAsync(string name) =>
        (await GetAsync($"asterisk/variable?variable={name}")).GetProperty("value").GetString()!;

    public void Dispose() => _http.Dispose();
}
