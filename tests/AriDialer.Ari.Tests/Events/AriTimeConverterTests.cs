using System.Text.Json;
using AriDialer.Ari.Models;

namespace AriDialer.Ari.Tests.Events;

public sealed class AriTimeConverterTests
{
    [Theory]
    [InlineData("2026-01-01T00:00:00.000+0000", "2026-01-01T00:00:00.000+00:00")]
    [InlineData("2026-11-23T23:59:35.538-0530", "2026-11-23T23:59:35.538-05:30")]
    [InlineData("2026-11-23T23:59:35+02:00", "2026-11-23T23:59:35.000+02:00")]
    [InlineData("2026-11-23T23:59:35Z", "2026-11-23T23:59:35.000+00:00")]
    public void Read_Time_KeepsMomentAndOffset(string text, string expected)
    {
        var status = JsonSerializer.Deserialize($$"""{"startup_time":"{{text}}","last_reload_time":"{{text}}"}""", AriJson.Default.StatusInfo)!;
        Assert.Equal(expected, status.StartupTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz"));
    }

    [Theory]
    [InlineData("\"2026-13-01T00:00:00.000+0000\"")]
    [InlineData("\"2026-02-30T00:00:00.000+0000\"")]
    [InlineData("\"2026-01-01T00:00:00.000+9900\"")]
    [InlineData("\"0000-01-01T00:00:00.000+0000\"")]
    [InlineData("\"0001-01-01T00:00:00.000+0100\"")]
    [InlineData("\"9999-12-31T23:59:59.000-0100\"")]
    [InlineData("\"2026-01-01T0a:00:00.000+0000\"")]
    [InlineData("7")]
    public void Read_NoTime_IsAnErrorOfTheJson(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"startup_time":{{json}}}""", AriJson.Default.StatusInfo));

    [Fact]
    public void Write_Time_IsAsterisksSpelling()
    {
        var json = JsonSerializer.Serialize(new StatusInfo { StartupTime = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.FromHours(1)) }, AriJson.Default.StatusInfo);
        Assert.Contains("2026-01-02T03:04:05.006\\u002B0100", json);
    }
}
