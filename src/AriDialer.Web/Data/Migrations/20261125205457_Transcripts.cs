using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AriDialer.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class Transcripts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Transcripts",
                columns: table => new
                {
                    RecordingId = table.Column<string>(type: "TEXT", nullable: false),
                    Stage = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Engine = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Language = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    TryAfter = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Transcripts", x => x.RecordingId);
                    table.ForeignKey(
                        name: "FK_Transcripts_Recordings_RecordingId",
                        column: x => x.RecordingId,
                        principalTable: "Recordings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TranscriptSegments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RecordingId = table.Column<string>(type: "TEXT", nullable: false),
                    Side = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    From = table.Column<double>(type: "REAL", nullable: false),
                    To = table.Column<double>(type: "REAL", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Confidence = table.Column<double>(type: "REAL", nullable: true),
                    Words = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TranscriptSegments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TranscriptSegments_Transcripts_RecordingId",
                        column: x => x.RecordingId,
                        principalTable: "Transcripts",
                        principalColumn: "RecordingId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_TranscriptSegments_RecordingId",
                table: "TranscriptSegments",
                column: "RecordingId");

            // The index over what was said. It keeps no text of its own (content=…): the triggers bring each change into it.
            // unicode61 and no stemming: porter knows English only, and people here speak what they speak; whoever wants "call" and
            // "called" searches for "call*". Without diacritics, so that "cafe" finds "café".
            migrationBuilder.Sql("""
                CREATE VIRTUAL TABLE "TranscriptIndex" USING fts5(
                    "Text", content = 'TranscriptSegments', content_rowid = 'Id', tokenize = 'unicode61 remove_diacritics 2');
                """);

            // Otherwise the words of a deleted transcript stay in the index until it happens to be merged.
            migrationBuilder.Sql("""INSERT INTO "TranscriptIndex"("TranscriptIndex", rank) VALUES ('secure-delete', 1);""");
            migrationBuilder.Sql("""
                CREATE TRIGGER "TranscriptSegments_Inserted" AFTER INSERT ON "TranscriptSegments" BEGIN
                    INSERT INTO "TranscriptIndex"(rowid, "Text") VALUES (new."Id", new."Text");
                END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "TranscriptSegments_Deleted" AFTER DELETE ON "TranscriptSegments" BEGIN
                    INSERT INTO "TranscriptIndex"("TranscriptIndex", rowid, "Text") VALUES ('delete', old."Id", old."Text");
                END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "TranscriptSegments_Updated" AFTER UPDATE OF "Id", "Text" ON "TranscriptSegments" BEGIN
                    INSERT INTO "TranscriptIndex"("TranscriptIndex", rowid, "Text") VALUES ('delete', old."Id", old."Text");
                    INSERT INTO "TranscriptIndex"(rowid, "Text") VALUES (new."Id", new."Text");
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP TABLE "TranscriptIndex";""");

            migrationBuilder.DropTable(
                name: "TranscriptSegments");

            migrationBuilder.DropTable(
                name: "Transcripts");
        }
    }
}
