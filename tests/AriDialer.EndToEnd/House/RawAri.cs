using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AriDialer.Testing;

namespace AriDialer.EndToEnd.House;

/// <summary>Asterisk's REST interface without any code of the product in between: what it says is what is so.</summary>
internal sealed class RawAri : IDisposable
{
    private readonly HttpClient _http;

    public RawAri(RealAsterisk asterisk)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{asterisk.Username}:{asterisk.Password}"));
        _http = new HttpClient { BaseAddress = new Uri(asterisk.AriUrl, "/ari/"), Timeout = TimeSpan.FromSeconds(5) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    }

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await _http.GetStringAsync(path));

    public async Task SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        using var answer = await _http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async Task<IReadOnlyList<string>> ChannelsAsync() =>
        [.. (await GetAsync("channels")).EnumerateArray().Select(channel => $"{channel.GetProperty("id")} {channel.GetProperty("name")} {channel.GetProperty("state")}")];

    public async Task<IReadOnlyList<string>> BridgesAsync() =>
        [.. (await GetAsync("bridges")).EnumerateArray().Select(bridge => bridge.GetProperty("id").GetString()!)];

    public async Task<string> GlobalAsync(string name) =>
        (await GetAsync($"asterisk/variable?variable={name}")).GetProperty("value").GetString()!;

    public void Dispose() => _http.Dispose();
}
